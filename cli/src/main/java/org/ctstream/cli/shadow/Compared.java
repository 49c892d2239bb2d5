package org.ctstream.cli.shadow;

/**
 * A scan that both releases have classified.
 *
 * @param source where the scan came from
 */
record Compared(ScanKey key, String source, Answer candidate, Answer production) {
    /** Both could say what it is. */
    boolean isDecided() {
        return candidate.isDecided() && production.isDecided();
    }

    /** Both could say what it is, and said otherwise. */
    boolean isFlip() {
        return isDecided() && candidate.label() != production.label();
    }

    /** The candidate's probability minus production's; NaN unless both decided. */
    double difference() {
        return candidate.probability() - production.probability();
    }
}
