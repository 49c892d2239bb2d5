package org.ctstream.cli.shadow;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often the releases disagree on the scans of one source.
 *
 * @param scans on which both decided
 */
record SourceFlips(String source, long scans, long flips) {
    /** The sources with the most flips, for a report. */
    static final int MOST = 50;

    private static final Comparator<SourceFlips> MOST_FLIPS_FIRST = Comparator.comparingLong(SourceFlips::flips)
            .thenComparingLong(SourceFlips::scans)
            .reversed()
            .thenComparing(SourceFlips::source);

    /** Share of them that is called otherwise. */
    @JsonProperty
    double rate() {
        return scans == 0 ? 0 : flips / (double) scans;
    }

    /** Of all sources, those with the most flips first; at most {@value #MOST}. */
    static List<SourceFlips> of(List<Compared> compared) {
        Map<String, SourceFlips> bySource = new TreeMap<>();
        for (Compared scan : compared) {
            if (scan.isDecided()) {
                bySource.merge(
                        scan.source(),
                        new SourceFlips(scan.source(), 1, scan.isFlip() ? 1 : 0),
                        (known, one) -> new SourceFlips(
                                known.source(), known.scans() + one.scans(), known.flips() + one.flips()));
            }
        }
        var sorted = new ArrayList<>(bySource.values());
        sorted.sort(MOST_FLIPS_FIRST);
        return List.copyOf(sorted.subList(0, Math.min(MOST, sorted.size())));
    }
}
