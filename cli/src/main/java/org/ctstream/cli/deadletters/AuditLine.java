package org.ctstream.cli.deadletters;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.ctstream.cli.console.Json;
import org.jspecify.annotations.Nullable;

/**
 * What a redrive did with one letter, or would do, as one line of JSON.
 *
 * @param letter {@code topic-partition@offset}
 * @param cause short stable code of the failure
 * @param action what was done, see {@link RedriveDecision#action()}
 * @param why why it was not sent; null if it was
 * @param redrives how often the scan's record has been sent back, this time included
 * @param executed false for a dry run, and for a letter that is passed over
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AuditLine(
        Instant time,
        String letter,
        String scanId,
        String stage,
        String cause,
        String action,
        @Nullable String why,
        int redrives,
        boolean executed) {

    static AuditLine of(RedriveDecision decision, Instant time, boolean executed) {
        var about = decision.letter().about();
        return new AuditLine(
                time,
                decision.letter().id().toString(),
                about.scanId(),
                about.stage(),
                about.reason(),
                decision.action(),
                decision.why(),
                decision.redrives(),
                executed);
    }

    String json() {
        return Json.line(this);
    }
}
