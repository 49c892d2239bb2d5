package org.ctstream.cli.deadletters;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters with the same cause.
 *
 * @param cause short stable code of the failure
 * @param redriven how many of them have been sent back already
 * @param firstSeen time of the oldest letter
 * @param lastSeen time of the newest letter
 * @param exampleScanId scan of the newest letter
 * @param exampleLetter where the newest letter stands, for {@code show}
 * @param remedy what the newest letter advises
 */
record LetterGroup(
        String topic,
        String stage,
        String cause,
        long count,
        long redriven,
        Instant firstSeen,
        Instant lastSeen,
        String exampleScanId,
        String exampleLetter,
        @Nullable String remedy) {}
