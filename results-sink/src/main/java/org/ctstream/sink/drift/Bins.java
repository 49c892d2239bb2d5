package org.ctstream.sink.drift;

import java.util.Arrays;
import java.util.List;

/**
 * How many results have which value, in {@value #COUNT} bins: probabilities in bins of equal width from 0 to 1, the last with 1
 * in it; other numbers between edges.
 *
 * @param counts results in each bin, 0 or more
 */
public record Bins(List<Long> counts) {
    public static final int COUNT = 20;

    public Bins {
        if (counts.size() != COUNT || counts.stream().anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException("bins " + counts + " (expected: " + COUNT + " numbers, 0 or more)");
        }
        counts = List.copyOf(counts);
    }

    /** @param probabilities 0 to 1 */
    public static Bins ofProbabilities(double[] probabilities) {
        Long[] counts = empty();
        for (double probability : probabilities) {
            counts[Math.min(COUNT - 1, (int) (probability * COUNT))]++;
        }
        return new Bins(List.of(counts));
    }

    /**
     * @param edges one fewer than there are bins, in ascending order; a value at an edge is above it
     */
    static Bins between(List<Double> edges, double[] values) {
        Long[] counts = empty();
        for (double value : values) {
            int bin = 0;
            while (bin < edges.size() && value >= edges.get(bin)) {
                bin++;
            }
            counts[bin]++;
        }
        return new Bins(List.of(counts));
    }

    private static Long[] empty() {
        Long[] counts = new Long[COUNT];
        Arrays.fill(counts, 0L);
        return counts;
    }

    public long total() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
