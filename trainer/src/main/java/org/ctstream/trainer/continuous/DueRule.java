package org.ctstream.trainer.continuous;

import java.time.Duration;
import java.util.Optional;

/**
 * When new labels are reason enough to train.
 *
 * @param newLabels how many new labels are always enough, 1 or more
 * @param maxWait longest time one new label waits for others; zero for as long as it takes
 */
record DueRule(int newLabels, Duration maxWait) {
    DueRule {
        if (newLabels < 1 || maxWait.isNegative()) {
            throw new IllegalArgumentException(
                    "a rule needs 1 or more new labels and no negative wait, found " + newLabels + " and " + maxWait);
        }
    }

    /**
     * The reason to train now, if there is one.
     *
     * @param count new training labels
     * @param waited how long the first of them has been here
     */
    Optional<String> due(long count, Duration waited) {
        if (count >= newLabels) {
            return Optional.of(count + " new labels (enough: " + newLabels + ")");
        }
        if (count > 0 && !maxWait.isZero() && waited.compareTo(maxWait) >= 0) {
            return Optional.of(count + " new labels, the first of them here for " + waited.toSeconds() + " s (at most: "
                    + maxWait.toSeconds() + " s)");
        }
        return Optional.empty();
    }
}
