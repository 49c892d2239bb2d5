package org.ctstream.gateway.association;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.ctstream.gateway.Peer;
import org.ctstream.gateway.Peer.Context;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as what a peer says: the association ends, nothing is thrown, no memory and no slot is kept, no object is
 * larger than allowed, and no more answers are given than there can be requests. How to run it for long: docs/fuzzing.md.
 */
class AssociationFuzzTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long MOST_CPU_MS = 2_000;
    private static final long MOST_ALLOCATED = 16L << 20;

    static {
        // Classes are loaded by then: the limits below are those of one association.
        seeds().forEach(said -> new AssociationRun(said));
    }

    static Stream<byte[]> seeds() {
        byte[] store = Peer.store(2, Peer.CT, "1.2.3.4");
        return Stream.of(
                Peer.join(Peer.usualRequest(), Peer.data(1, true, true, Peer.echo(1)), Peer.release()),
                Peer.join(
                        Peer.usualRequest(),
                        Peer.data(3, true, true, store),
                        Peer.data(3, false, false, new byte[100]),
                        Peer.data(3, false, true, new byte[100]),
                        Peer.release()),
                Peer.join(
                        Peer.usualRequest(),
                        Peer.pdu(
                                4,
                                Peer.join(
                                        Peer.fragment(3, true, true, store),
                                        Peer.fragment(3, false, true, new byte[10]),
                                        Peer.fragment(1, true, true, Peer.echo(3)))),
                        Peer.abort()),
                Peer.join(
                        Peer.usualRequest(),
                        Peer.data(3, true, true, Peer.command(Peer.CT, 0x20, 4, 0, "")),
                        Peer.data(3, false, true, new byte[10])),
                Peer.request("CTSTREAM", "NOBODY", 0, List.of(Context.of(1, Peer.CT, Peer.EXPLICIT))),
                Peer.release());
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "", maxExecutions = 4_000)
    void whateverAPeerSaysTheAssociationEndsAndNothingIsKept(byte[] said) {
        long cpu = THREADS.getCurrentThreadCpuTime();
        long allocated = THREADS.getCurrentThreadAllocatedBytes();

        var run = new AssociationRun(said);

        assertThat(run.leaked()).isZero();
        assertThat(run.stored())
                .allSatisfy(object ->
                        assertThat(object.file()).hasSizeLessThanOrEqualTo((int) AssociationRun.OBJECT_BYTES));
        // The shortest request takes more bytes than this, and no answer has more.
        assertThat(run.told().length).isLessThanOrEqualTo(1_024 + 16 * said.length);
        assertThat((THREADS.getCurrentThreadCpuTime() - cpu) / 1_000_000).isLessThan(MOST_CPU_MS);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - allocated).isLessThan(MOST_ALLOCATED);
    }
}
