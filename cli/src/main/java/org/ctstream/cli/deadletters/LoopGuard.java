package org.ctstream.cli.deadletters;

/**
 * Holds back scans that came back dead again and again.
 *
 * @param maxRedrives a record that has failed after this many redrives is held back; 1 or more
 * @param forced send it all the same
 */
record LoopGuard(int maxRedrives, boolean forced) {
    /** A record that has failed this often after a redrive will fail again: a person has to look at it. */
    static final int DEFAULT_MAX_REDRIVES = 3;

    static final LoopGuard DEFAULT = new LoopGuard(DEFAULT_MAX_REDRIVES, false);

    LoopGuard {
        if (maxRedrives < 1) {
            throw new IllegalArgumentException("maxRedrives " + maxRedrives + " (expected: 1 or more)");
        }
    }

    boolean wouldHold(Letter letter) {
        return letter.about().redrives() >= maxRedrives;
    }
}
