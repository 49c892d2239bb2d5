package org.ctstream.cli.demo;

import java.util.Locale;

/**
 * How far a run is.
 *
 * @param total inputs
 * @param stored results in the database since the run began
 */
record Progress(int total, int published, int normalized, int classified, long stored, int deadLettered) {

    /** Scans with an end: stored or dead-lettered. */
    long done() {
        return Math.min(total, stored + deadLettered);
    }

    /** A number that grows with every step of any scan. */
    long steps() {
        return published + normalized + classified + stored + deadLettered;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d scans: published %d, normalized %d, classified %d, stored %d, dead letters %d",
                total,
                published,
                normalized,
                classified,
                stored,
                deadLettered);
    }
}
