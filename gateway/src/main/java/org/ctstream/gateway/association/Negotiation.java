package org.ctstream.gateway.association;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ctstream.gateway.pdu.ContextAnswer;
import org.ctstream.gateway.pdu.ContextAnswer.Result;
import org.ctstream.gateway.pdu.Pdu.AssociateRequest;
import org.ctstream.gateway.pdu.Pdu.ProposedContext;
import org.ctstream.gateway.pdu.PduWriter;
import org.ctstream.gateway.pdu.Rejection;

/**
 * Decides what an association request gets. Nothing is written here.
 *
 * <h2>Thread safety</h2>
 * Immutable.
 *
 * @see "DICOM PS3.8 7.1, A-ASSOCIATE service; 9.3.3.2, Presentation Context Item"
 */
final class Negotiation {
    static final String VERIFICATION = "1.2.840.10008.1.1";
    static final String IMPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2";

    /** What needs no decoder and says its types. */
    private static final String EXPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";

    private final Callers callers;
    private final Set<String> sopClasses;
    private final List<String> transferSyntaxes;

    /**
     * @param sopClasses kinds of objects that are taken
     * @param transferSyntaxes encodings that are taken, the most welcome first
     */
    Negotiation(Callers callers, Set<String> sopClasses, List<String> transferSyntaxes) {
        this.callers = callers;
        this.sopClasses = Set.copyOf(sopClasses);
        this.transferSyntaxes = preferred(transferSyntaxes);
    }

    /** What is agreed on. */
    sealed interface Decision {
        /** There is no association. */
        record Rejected(Rejection why) implements Decision {}

        /**
         * There is one.
         *
         * @param answers one for each proposed context, in order
         * @param contexts the accepted ones by id
         */
        record Accepted(List<ContextAnswer> answers, Map<Integer, AgreedContext> contexts, Parties parties)
                implements Decision {
            public Accepted {
                answers = List.copyOf(answers);
                contexts = Map.copyOf(contexts);
            }
        }
    }

    Decision decide(AssociateRequest request) {
        if ((request.protocolVersion() & 1) == 0) {
            return new Decision.Rejected(Rejection.PROTOCOL_VERSION_NOT_SUPPORTED);
        }
        if (!request.applicationContext().equals(PduWriter.APPLICATION_CONTEXT)) {
            return new Decision.Rejected(Rejection.APPLICATION_CONTEXT_NOT_SUPPORTED);
        }
        if (!AeTitle.isValid(request.calledTitle()) || !callers.answersTo(new AeTitle(request.calledTitle()))) {
            return new Decision.Rejected(Rejection.CALLED_TITLE_NOT_RECOGNIZED);
        }
        if (!AeTitle.isValid(request.callingTitle()) || !callers.knows(new AeTitle(request.callingTitle()))) {
            return new Decision.Rejected(Rejection.CALLING_TITLE_NOT_RECOGNIZED);
        }
        var called = new AeTitle(request.calledTitle());
        var calling = new AeTitle(request.callingTitle());
        var answers = new ArrayList<ContextAnswer>();
        var contexts = new HashMap<Integer, AgreedContext>();
        for (ProposedContext proposed : request.contexts()) {
            ContextAnswer answer = answer(proposed);
            answers.add(answer);
            if (answer.result() == Result.ACCEPTANCE) {
                contexts.put(proposed.id(), new AgreedContext(proposed.abstractSyntax(), answer.transferSyntax()));
            }
        }
        return new Decision.Accepted(answers, contexts, new Parties(calling, callers.priority(called, calling)));
    }

    private ContextAnswer answer(ProposedContext proposed) {
        boolean verification = proposed.abstractSyntax().equals(VERIFICATION);
        if (!verification && !sopClasses.contains(proposed.abstractSyntax())) {
            return refusal(proposed, Result.ABSTRACT_SYNTAX_NOT_SUPPORTED);
        }
        Optional<String> chosen = transferSyntaxes.stream()
                .filter(proposed.transferSyntaxes()::contains)
                .findFirst();
        return chosen.map(syntax -> new ContextAnswer(proposed.id(), Result.ACCEPTANCE, syntax))
                .orElseGet(() -> refusal(proposed, Result.TRANSFER_SYNTAXES_NOT_SUPPORTED));
    }

    private static ContextAnswer refusal(ProposedContext proposed, Result result) {
        return new ContextAnswer(proposed.id(), result, IMPLICIT_LITTLE_ENDIAN);
    }

    private static List<String> preferred(List<String> transferSyntaxes) {
        var ordered = new ArrayList<>(transferSyntaxes);
        if (ordered.remove(EXPLICIT_LITTLE_ENDIAN)) {
            ordered.add(0, EXPLICIT_LITTLE_ENDIAN);
        }
        return List.copyOf(ordered);
    }
}
