package org.ctstream.gateway.dimse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.ctstream.gateway.Peer;
import org.ctstream.gateway.pdu.Fragment;
import org.ctstream.gateway.pdu.PduException;
import org.junit.jupiter.api.Test;

class MessageAssemblerTest implements MessageHandler {
    private final List<Command> commands = new ArrayList<>();
    private final List<byte[]> dataSets = new ArrayList<>();
    private int abandoned;
    private final MessageAssembler messages = new MessageAssembler(Set.of(1, 3), this);

    @Property(tries = 300)
    void messagesAreWholeHoweverTheyAreCut(
            @ForAll @Size(max = 2_000) byte[] dataSet, @ForAll int seed, @ForAll @IntRange(min = 1, max = 3) int count)
            throws Exception {
        var handler = new MessageAssemblerTest();
        var random = new Random(seed);

        for (int i = 0; i < count; i++) {
            cut(handler.messages, true, Peer.store(i, Peer.CT, "1.2.3"), random);
            assertThat(handler.messages.isInMessage()).isTrue();
            cut(handler.messages, false, dataSet, random);
            assertThat(handler.messages.isInMessage()).isFalse();
        }

        assertThat(handler.commands)
                .extracting(Command::messageId)
                .hasSize(count)
                .doesNotHaveDuplicates();
        assertThat(handler.dataSets)
                .hasSize(count)
                .allSatisfy(read -> assertThat(read).isEqualTo(dataSet));
    }

    @Test
    void fragmentOnAContextThatWasNotAcceptedEndsTheAssociation() {
        refuses(fragment(5, true, true, Peer.echo(1)));
    }

    @Test
    void dataSetWithoutACommandEndsTheAssociation() {
        refuses(fragment(3, false, true, new byte[10]));
    }

    @Test
    void dataSetBehindACommandThatHasNoneEndsTheAssociation() throws Exception {
        messages.add(fragment(1, true, true, Peer.echo(1)));

        refuses(fragment(1, false, true, new byte[10]));
    }

    @Test
    void commandInsideADataSetEndsTheAssociation() throws Exception {
        messages.add(fragment(3, true, true, Peer.store(1, Peer.CT, "1.2.3")));

        refuses(fragment(3, true, true, Peer.echo(2)));
    }

    @Test
    void otherContextInsideAMessageEndsTheAssociation() throws Exception {
        messages.add(fragment(3, true, true, Peer.store(1, Peer.CT, "1.2.3")));

        refuses(fragment(1, false, true, new byte[10]));
    }

    @Test
    void commandThatNeverEndsIsBounded() throws Exception {
        messages.add(fragment(1, true, false, new byte[CommandSet.MAX_BYTES]));

        refuses(fragment(1, true, false, new byte[1]));
    }

    @Test
    void dataSetThatWillNotEndIsAbandonedOnce() throws Exception {
        messages.add(fragment(3, true, true, Peer.store(1, Peer.CT, "1.2.3")));
        messages.add(fragment(3, false, false, new byte[10]));

        messages.abandon();
        messages.abandon();

        assertThat(abandoned).isEqualTo(1);
        assertThat(dataSets).isEmpty();
    }

    @Override
    public void command(int contextId, Command command) {
        commands.add(command);
    }

    @Override
    public DataSetSink commandWithDataSet(int contextId, Command command) {
        commands.add(command);
        var bytes = new ByteArrayOutputStream();
        return new DataSetSink() {
            @Override
            public void take(byte[] part, int offset, int length) {
                bytes.write(part, offset, length);
            }

            @Override
            public void complete() {
                dataSets.add(bytes.toByteArray());
            }

            @Override
            public void abandon() {
                abandoned++;
            }
        };
    }

    private void refuses(Fragment fragment) {
        assertThatExceptionOfType(PduException.class).isThrownBy(() -> messages.add(fragment));
    }

    private static void cut(MessageAssembler messages, boolean command, byte[] bytes, Random random) throws Exception {
        int at = 0;
        do {
            int length = random.nextInt(bytes.length - at + 1);
            boolean last = at + length == bytes.length && random.nextBoolean();
            messages.add(fragment(3, command, last, Arrays.copyOfRange(bytes, at, at + length)));
            at += length;
            if (last) {
                return;
            }
        } while (true);
    }

    private static Fragment fragment(int contextId, boolean command, boolean last, byte[] bytes) {
        return new Fragment(contextId, command, last, bytes, 0, bytes.length);
    }
}
