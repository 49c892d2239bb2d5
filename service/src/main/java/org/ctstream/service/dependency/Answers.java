package org.ctstream.service.dependency;

/**
 * Whether something answers, seen from regular looks. Absence is counted in looks and not in time, so that a process that
 * was stopped for a while does not blame others for its own silence when it goes on.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
final class Answers {
    private final int awayAfter;
    private int looksSinceAnswer;
    private boolean answered;
    private String lastFailure = "no answer at all";

    /** @param awayAfter looks without an answer after which it counts as away, at least 1 */
    Answers(int awayAfter) {
        if (awayAfter < 1) {
            throw new IllegalArgumentException("awayAfter " + awayAfter + " (expected: at least 1)");
        }
        this.awayAfter = awayAfter;
    }

    synchronized void answered() {
        answered = true;
        looksSinceAnswer = 0;
        lastFailure = "no answer at all";
    }

    synchronized void failed(String why) {
        lastFailure = why;
    }

    /** Counts one look, and says how things stand. */
    synchronized Standing look() {
        looksSinceAnswer = Math.min(looksSinceAnswer + 1, awayAfter);
        if (looksSinceAnswer >= awayAfter) {
            return Standing.AWAY;
        }
        return answered ? Standing.THERE : Standing.UNKNOWN;
    }

    /** Why the last question failed. */
    synchronized String lastFailure() {
        return lastFailure;
    }

    /** What is known of it. */
    enum Standing {
        /** Neither an answer yet nor time enough for one. */
        UNKNOWN,
        THERE,
        AWAY
    }
}
