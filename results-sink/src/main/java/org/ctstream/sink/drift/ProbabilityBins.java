package org.ctstream.sink.drift;

import java.util.Arrays;
import java.util.List;

/**
 * How many results have which probability: {@value #COUNT} bins of equal width from 0 to 1, the last with 1 in it.
 *
 * @param counts results in each bin, 0 or more
 */
public record ProbabilityBins(List<Long> counts) {
    public static final int COUNT = 20;

    public ProbabilityBins {
        if (counts.size() != COUNT || counts.stream().anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException(
                    "probability bins " + counts + " (expected: " + COUNT + " numbers, 0 or more)");
        }
        counts = List.copyOf(counts);
    }

    /** @param probabilities 0 to 1 */
    public static ProbabilityBins of(double[] probabilities) {
        Long[] counts = new Long[COUNT];
        Arrays.fill(counts, 0L);
        for (double probability : probabilities) {
            counts[Math.min(COUNT - 1, (int) (probability * COUNT))]++;
        }
        return new ProbabilityBins(List.of(counts));
    }

    public long total() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
