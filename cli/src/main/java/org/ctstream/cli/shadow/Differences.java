package org.ctstream.cli.shadow;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The candidate's probability minus production's, over the scans on which both decided: -1 to 1.
 *
 * @param meanAbsolute mean of its absolute value
 */
record Differences(
        double mean,
        double meanAbsolute,
        double least,
        double p05,
        double p25,
        double median,
        double p75,
        double p95,
        double most) {

    /** Null if there is no such scan. */
    static @Nullable Differences of(List<Compared> compared) {
        double[] sorted = compared.stream()
                .filter(Compared::isDecided)
                .mapToDouble(Compared::difference)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return null;
        }
        return new Differences(
                Arrays.stream(sorted).average().orElseThrow(),
                Arrays.stream(sorted).map(Math::abs).average().orElseThrow(),
                sorted[0],
                Quantiles.of(sorted, 0.05),
                Quantiles.of(sorted, 0.25),
                Quantiles.of(sorted, 0.5),
                Quantiles.of(sorted, 0.75),
                Quantiles.of(sorted, 0.95),
                sorted[sorted.length - 1]);
    }
}
