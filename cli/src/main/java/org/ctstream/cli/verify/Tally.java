package org.ctstream.cli.verify;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * The sums of a count.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
final class Tally {
    private long received;
    private long stored;
    private long deadLetters;
    private long both;
    private long missing;
    private long duplicates;
    private final Map<Whereabouts, Long> whereabouts = new EnumMap<>(Whereabouts.class);

    void received() {
        received++;
    }

    void outcome(boolean isStored, boolean isDead) {
        if (isStored) {
            stored++;
        }
        if (isDead && !isStored) {
            deadLetters++;
        }
        if (isDead && isStored) {
            both++;
        }
        if (!isDead && !isStored) {
            missing++;
        }
    }

    void missing(Whereabouts where) {
        whereabouts.merge(where, 1L, Long::sum);
    }

    void duplicate() {
        duplicates++;
    }

    boolean isWhole() {
        return missing == 0 && duplicates == 0;
    }

    long missing() {
        return missing;
    }

    Summary summary(Window window, boolean complete) {
        return new Summary(
                window.since(),
                window.until(),
                received,
                stored,
                deadLetters,
                both,
                missing,
                Map.copyOf(whereabouts),
                duplicates,
                complete,
                isWhole());
    }

    /**
     * The sums, as the last line of JSON.
     *
     * @param deadLetters scans that are a dead letter and not stored
     * @param storedAndDeadLetter scans that are stored, and have a dead letter that was not sent back besides
     * @param missing scans that are neither: {@code received - stored - deadLetters}
     * @param duplicates scans with more than one result of one release
     * @param complete false if retention has removed records of the time asked for
     * @param ok true if nothing is missing and nothing is stored twice
     */
    record Summary(
            Instant since,
            Instant until,
            long received,
            long stored,
            long deadLetters,
            long storedAndDeadLetter,
            long missing,
            Map<Whereabouts, Long> missingByWhereabouts,
            long duplicates,
            boolean complete,
            boolean ok) {}
}
