package org.ctstream.gateway.pdu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.ctstream.gateway.Peer;
import org.ctstream.gateway.Peer.Context;
import org.ctstream.gateway.pdu.Pdu.AssociateRequest;
import org.ctstream.gateway.pdu.Pdu.DataTransfer;
import org.ctstream.gateway.pdu.Pdu.ProposedContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PduReaderTest {
    private static final int LONGEST_DATA = 8_192;

    @Test
    void associationRequestIsReadAsItIsMeant() throws Exception {
        Pdu pdu = read(Peer.request(
                "CTSTREAM",
                "CT1",
                16_384,
                List.of(
                        Context.of(1, Peer.VERIFICATION, Peer.IMPLICIT),
                        Context.of(255, Peer.CT, Peer.EXPLICIT, Peer.IMPLICIT))));

        assertThat(pdu).isInstanceOfSatisfying(AssociateRequest.class, request -> {
            assertThat(request.protocolVersion()).isEqualTo(1);
            assertThat(request.calledTitle()).isEqualTo("CTSTREAM        ");
            assertThat(request.callingTitle()).isEqualTo("CT1             ");
            assertThat(request.applicationContext()).isEqualTo(PduWriter.APPLICATION_CONTEXT);
            assertThat(request.maximumLength()).isEqualTo(16_384);
            assertThat(request.contexts())
                    .containsExactly(
                            new ProposedContext(1, Peer.VERIFICATION, List.of(Peer.IMPLICIT)),
                            new ProposedContext(255, Peer.CT, List.of(Peer.EXPLICIT, Peer.IMPLICIT)));
        });
    }

    @Test
    void fragmentsOfOneDataUnitKeepTheirOrderAndFlags() throws Exception {
        byte[] body = Peer.join(
                Peer.fragment(1, true, true, new byte[] {1, 2}), Peer.fragment(3, false, false, new byte[] {3}));

        assertThat(read(Peer.pdu(4, body))).isInstanceOfSatisfying(DataTransfer.class, data -> {
            assertThat(data.fragments())
                    .extracting(Fragment::contextId, Fragment::command, Fragment::last, Fragment::length)
                    .containsExactly(Tuple.tuple(1, true, true, 2), Tuple.tuple(3, false, false, 1));
        });
    }

    @Test
    void closedConnectionBetweenTwoDataUnitsIsNoError() throws Exception {
        assertThat(read(new byte[0])).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 6, 40, 100})
    void connectionThatEndsInsideADataUnitIsAnEnd(int length) {
        byte[] cut = Arrays.copyOf(Peer.usualRequest(), length);

        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> read(cut));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 0x41, 0xFF})
    void unknownTypeIsAborted(int type) {
        assertRefused(Peer.pdu(type, new byte[4]), AbortReason.UNRECOGNIZED_PDU);
    }

    @Test
    void declaredLengthIsCheckedBeforeMemoryIsTaken() {
        assertRefused(new byte[] {4, 0, 0x7F, -1, -1, -1}, AbortReason.INVALID_PARAMETER);
        assertRefused(new byte[] {4, 0, -1, -1, -1, -1}, AbortReason.INVALID_PARAMETER);
        assertRefused(new byte[] {1, 0, 0x10, 0, 0, 0}, AbortReason.INVALID_PARAMETER);
        assertRefused(Peer.data(1, false, true, new byte[LONGEST_DATA]), AbortReason.INVALID_PARAMETER);
    }

    @Test
    void longestDataUnitThatWeTakeIsTaken() throws Exception {
        assertThat(read(Peer.data(1, false, true, new byte[LONGEST_DATA - 6]))).isInstanceOf(DataTransfer.class);
    }

    @Test
    void itemLongerThanWhatIsLeftIsAborted() {
        byte[] request = Peer.usualRequest();
        // The length of the application context item.
        request[6 + 68 + 2] = 0x7F;

        assertRefused(request, AbortReason.INVALID_PARAMETER);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 254})
    void evenContextIdIsAborted(int id) {
        assertRefused(
                Peer.request("A", "B", 0, List.of(Context.of(id, Peer.CT, Peer.EXPLICIT))),
                AbortReason.INVALID_PARAMETER);
    }

    @Test
    void contextIdThatComesTwiceIsAborted() {
        Context context = Context.of(1, Peer.CT, Peer.EXPLICIT);

        assertRefused(Peer.request("A", "B", 0, List.of(context, context)), AbortReason.INVALID_PARAMETER);
    }

    @Test
    void contextWithoutATransferSyntaxIsAborted() {
        assertRefused(Peer.request("A", "B", 0, List.of(Context.of(1, Peer.CT))), AbortReason.INVALID_PARAMETER);
    }

    @Test
    void all128ContextsFit() throws Exception {
        List<Context> contexts = IntStream.range(0, 128)
                .mapToObj(i -> Context.of(2 * i + 1, Peer.CT, Peer.EXPLICIT, Peer.IMPLICIT))
                .toList();

        assertThat(read(Peer.request("A", "B", 0, contexts)))
                .isInstanceOfSatisfying(
                        AssociateRequest.class,
                        request -> assertThat(request.contexts()).hasSize(128));
    }

    @Test
    void maximumLengthInWhichNoAnswerFitsIsAborted() {
        assertRefused(
                Peer.request("A", "B", 7, List.of(Context.of(1, Peer.CT, Peer.EXPLICIT))),
                AbortReason.INVALID_PARAMETER);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void itemTooShortForItsOwnHeadIsAborted(int length) {
        byte[] body = {0, 0, 0, (byte) length, 1, 3};

        assertRefused(Peer.pdu(4, body), AbortReason.INVALID_PARAMETER);
    }

    @Test
    void emptyDataUnitIsAborted() {
        assertRefused(Peer.pdu(4, new byte[0]), AbortReason.INVALID_PARAMETER);
    }

    private static void assertRefused(byte[] bytes, AbortReason reason) {
        assertThatExceptionOfType(PduException.class)
                .isThrownBy(() -> read(bytes))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static @Nullable Pdu read(byte[] bytes) throws IOException, PduException {
        return new PduReader(new ByteArrayInputStream(bytes), LONGEST_DATA).read();
    }
}
