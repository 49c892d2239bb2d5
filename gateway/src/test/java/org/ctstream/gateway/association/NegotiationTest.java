package org.ctstream.gateway.association;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.ctstream.gateway.Peer;
import org.ctstream.gateway.Peer.Context;
import org.ctstream.gateway.association.Negotiation.Decision;
import org.ctstream.gateway.pdu.ContextAnswer;
import org.ctstream.gateway.pdu.ContextAnswer.Result;
import org.ctstream.gateway.pdu.Pdu.AssociateRequest;
import org.ctstream.gateway.pdu.PduReader;
import org.ctstream.gateway.pdu.Rejection;
import org.ctstream.schemas.avro.Priority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NegotiationTest {
    private static final String JPEG_LOSSLESS = "1.2.840.10008.1.2.4.70";
    private static final String RLE = "1.2.840.10008.1.2.5";
    private static final String MR = "1.2.840.10008.5.1.4.1.1.4";

    private final Negotiation negotiation = new Negotiation(
            Callers.of(List.of("CTSTREAM", "CT_URGENT"), List.of("CT1", "ER"), List.of("CT_URGENT", "ER")),
            Set.of(Peer.CT),
            List.of(Peer.IMPLICIT, Peer.EXPLICIT, RLE));

    @ParameterizedTest
    @CsvSource({
        "CTSTREAM, CT1, ROUTINE",
        "CT_URGENT, CT1, STAT",
        "CTSTREAM, ER, STAT",
    })
    void knownTitlesAreAcceptedAndDecideThePriority(String called, String calling, Priority priority) throws Exception {
        assertThat(decide(Peer.request(called, calling, 0, List.of())))
                .isInstanceOfSatisfying(
                        Decision.Accepted.class,
                        accepted ->
                                assertThat(accepted.parties()).isEqualTo(new Parties(new AeTitle(calling), priority)));
    }

    @ParameterizedTest
    @CsvSource({
        "OTHER, CT1, CALLED_TITLE_NOT_RECOGNIZED",
        "ctstream, CT1, CALLED_TITLE_NOT_RECOGNIZED",
        "CTSTREAM, CT2, CALLING_TITLE_NOT_RECOGNIZED",
        "CTSTREAM, '', CALLING_TITLE_NOT_RECOGNIZED",
        "CTSTREAM, 'A\\B', CALLING_TITLE_NOT_RECOGNIZED",
        "CTSTREAM, CTSTREAM, CALLING_TITLE_NOT_RECOGNIZED",
    })
    void unknownTitlesAreRejected(String called, String calling, Rejection why) throws Exception {
        assertThat(decide(Peer.request(called, calling, 0, List.of()))).isEqualTo(new Decision.Rejected(why));
    }

    @Test
    void everybodyMayCallOnlyWhereThatIsSaid() throws Exception {
        var open = new Negotiation(
                Callers.of(List.of("CTSTREAM"), List.of("*"), List.of()), Set.of(Peer.CT), List.of(Peer.IMPLICIT));

        assertThat(open.decide(request(Peer.request("CTSTREAM", "ANYBODY", 0, List.of()))))
                .isInstanceOf(Decision.Accepted.class);
    }

    @Test
    void otherApplicationContextAndOtherVersionAreRejected() throws Exception {
        byte[] version2 = Peer.usualRequest();
        version2[7] = 2;

        assertThat(decide(version2)).isEqualTo(new Decision.Rejected(Rejection.PROTOCOL_VERSION_NOT_SUPPORTED));
        assertThat(decide(Peer.request("CTSTREAM", "CT1", "1.2.3", 0, List.of())))
                .isEqualTo(new Decision.Rejected(Rejection.APPLICATION_CONTEXT_NOT_SUPPORTED));
    }

    @Test
    void eachContextGetsAnAnswerOfItsOwn() throws Exception {
        Decision decision = decide(Peer.request(
                "CTSTREAM",
                "CT1",
                0,
                List.of(
                        Context.of(1, Peer.VERIFICATION, Peer.IMPLICIT),
                        Context.of(3, Peer.CT, JPEG_LOSSLESS),
                        Context.of(5, MR, Peer.EXPLICIT),
                        Context.of(7, Peer.CT, JPEG_LOSSLESS, RLE, Peer.IMPLICIT, Peer.EXPLICIT),
                        Context.of(9, Peer.CT, RLE, Peer.IMPLICIT))));

        assertThat(decision).isInstanceOfSatisfying(Decision.Accepted.class, accepted -> {
            assertThat(accepted.answers())
                    .containsExactly(
                            new ContextAnswer(1, Result.ACCEPTANCE, Peer.IMPLICIT),
                            new ContextAnswer(3, Result.TRANSFER_SYNTAXES_NOT_SUPPORTED, Peer.IMPLICIT),
                            new ContextAnswer(5, Result.ABSTRACT_SYNTAX_NOT_SUPPORTED, Peer.IMPLICIT),
                            new ContextAnswer(7, Result.ACCEPTANCE, Peer.EXPLICIT),
                            new ContextAnswer(9, Result.ACCEPTANCE, Peer.IMPLICIT));
            assertThat(accepted.contexts())
                    .containsOnlyKeys(1, 7, 9)
                    .containsEntry(7, new AgreedContext(Peer.CT, Peer.EXPLICIT));
        });
    }

    private Decision decide(byte[] bytes) throws Exception {
        return negotiation.decide(request(bytes));
    }

    private static AssociateRequest request(byte[] bytes) throws Exception {
        return (AssociateRequest) Objects.requireNonNull(new PduReader(new ByteArrayInputStream(bytes), 1024).read());
    }
}
