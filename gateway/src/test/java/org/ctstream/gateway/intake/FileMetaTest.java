package org.ctstream.gateway.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.ctstream.gateway.Peer;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.junit.jupiter.api.Test;

class FileMetaTest {
    private static final FileMeta META = new FileMeta(Peer.CT, "1.2.345", Peer.EXPLICIT);

    @Test
    void whatIsWrittenIsRead() {
        assertThat(FileMeta.of(META.bytes())).contains(META);
    }

    @Test
    void fileOfAnotherWriterIsRead() {
        byte[] phantom = new PhantomSlices(64).generate(1, false).toDicom();

        assertThat(FileMeta.of(phantom)).hasValueSatisfying(meta -> {
            assertThat(meta.sopClassUid()).isEqualTo(Peer.CT);
            assertThat(meta.transferSyntaxUid()).isEqualTo(Peer.EXPLICIT);
        });
    }

    @Test
    void cutFileHasNone() {
        byte[] bytes = META.bytes();
        // Two elements with heads of 8 bytes: implementation class and version name.
        int behindTheUids = 8 + 44 + 8 + 10;
        for (int length = 0; length < bytes.length - behindTheUids; length++) {
            assertThat(FileMeta.of(Arrays.copyOf(bytes, length))).isEmpty();
        }
    }

    @Property(tries = 1_000)
    void anyBytesBehindTheMagicAreReadOrNot(@ForAll @Size(max = 300) byte[] bytes) {
        assertThat(FileMeta.of(Peer.join(Arrays.copyOf(META.bytes(), 132), bytes)))
                .satisfies(meta ->
                        meta.ifPresent(read -> assertThat(read.sopInstanceUid()).isNotEmpty()));
    }
}
