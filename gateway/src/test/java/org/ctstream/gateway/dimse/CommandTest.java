package org.ctstream.gateway.dimse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import org.ctstream.gateway.Peer;
import org.ctstream.gateway.pdu.PduException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
    @Test
    void storeNamesItsObjectWithoutPadding() throws Exception {
        assertThat(Command.parse(Peer.store(7, Peer.CT, "1.2.345")))
                .isEqualTo(new Command.Store(7, Peer.CT, "1.2.345"));
    }

    @Test
    void messageIdsUseAll16Bits() throws Exception {
        assertThat(Command.parse(Peer.echo(0xFFFE)).messageId()).isEqualTo(0xFFFE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0010, 0x0020, 0x0021, 0x0100, 0x0150})
    void otherOperationsAreKnownAsSuch(int field) throws Exception {
        assertThat(Command.parse(Peer.command(Peer.CT, field, 1, 0, "")))
                .isEqualTo(new Command.Other(1, field, true, Peer.CT));
    }

    @Test
    void storeWithoutADataSetAndEchoWithOneAreNeither() throws Exception {
        assertThat(Command.parse(Peer.command(Peer.CT, 1, 1, 0x0101, "1.2"))).isInstanceOf(Command.Other.class);
        assertThat(Command.parse(Peer.command(Peer.VERIFICATION, 0x30, 1, 0, "")))
                .isInstanceOf(Command.Other.class);
    }

    @Test
    void responseIsRefused() {
        assertThatExceptionOfType(PduException.class)
                .isThrownBy(() -> Command.parse(Peer.command(Peer.CT, 0x8001, 1, 0x0101, "1.2")));
    }

    @Test
    void everyCutIsRefusedAndNeverAnIndexError() {
        byte[] whole = Peer.store(7, Peer.CT, "1.2.345");
        // Without its last element it is a command still, whose object has no name.
        int lastElement = 8 + 8;
        for (int length = 0; length < whole.length - lastElement; length++) {
            byte[] cut = Arrays.copyOf(whole, length);

            assertThatExceptionOfType(PduException.class).as("%d bytes", length).isThrownBy(() -> Command.parse(cut));
        }
    }

    @Test
    void answerRepeatsWhatWasAskedAndCutsItsComment() throws Exception {
        byte[] answer = Response.to(new Command.Store(9, Peer.CT, "1.2.3"), new Status(0xA700, "x".repeat(100)));

        CommandSet set = CommandSet.parse(answer);
        assertThat(set.unsignedShort(CommandSet.COMMAND_FIELD)).isEqualTo(0x8001);
        assertThat(set.unsignedShort(CommandSet.MESSAGE_ID_RESPONDED_TO)).isEqualTo(9);
        assertThat(set.unsignedShort(CommandSet.STATUS)).isEqualTo(0xA700);
        assertThat(set.unsignedShort(CommandSet.COMMAND_DATA_SET_TYPE)).isEqualTo(0x0101);
        assertThat(set.uid(CommandSet.AFFECTED_SOP_CLASS_UID)).isEqualTo(Peer.CT);
        assertThat(set.uid(CommandSet.AFFECTED_SOP_INSTANCE_UID)).isEqualTo("1.2.3");
        assertThat(set.uid(CommandSet.ERROR_COMMENT)).isEqualTo("x".repeat(64));
    }
}
