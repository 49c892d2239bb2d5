package org.ctstream.cli.deadletters;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.ctstream.schemas.avro.LetterRedriven;
import org.ctstream.schemas.avro.RedriveOutcome;

/** Makes the audit record of a decision. */
final class RedriveRecords {
    private RedriveRecords() {}

    static LetterRedriven of(RedriveDecision decision, Asker asker, Instant now) {
        Letter letter = decision.letter();
        return LetterRedriven.newBuilder()
                .setScanId(letter.about().scanId())
                .setLetterTopic(letter.id().topic())
                .setLetterPartition(letter.id().partition())
                .setLetterOffset(letter.id().offset())
                .setLetterAt(letter.time())
                .setStage(letter.about().stage())
                .setCause(letter.about().reason())
                .setOutcome(outcome(decision))
                .setRefusal(decision.why())
                .setRedrives(decision.redrives())
                .setRedrivenBy(asker.by())
                .setReason(asker.reason())
                .setRedrivenAt(now.truncatedTo(ChronoUnit.MILLIS))
                .build();
    }

    private static RedriveOutcome outcome(RedriveDecision decision) {
        if (decision instanceof RedriveDecision.Send send) {
            return send.forced() ? RedriveOutcome.FORCED : RedriveOutcome.SENT;
        }
        return RedriveOutcome.REFUSED;
    }
}
