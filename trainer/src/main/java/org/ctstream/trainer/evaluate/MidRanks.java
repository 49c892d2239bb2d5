package org.ctstream.trainer.evaluate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Ranks in which equal values share the mean of the ranks they take together. */
final class MidRanks {
    private MidRanks() {}

    /** Rank of every value among all of them, from 1. */
    static double[] of(double[] values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[values.length];
        int from = 0;
        while (from < order.length) {
            int to = from + 1;
            // By ==, not by comparison of boxes: 0.0 and -0.0 are the same probability.
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            double middle = (from + 1 + to) / 2.0;
            for (int i = from; i < to; i++) {
                ranks[order[i]] = middle;
            }
            from = to;
        }
        return ranks;
    }

    /** Ranks of the values of two groups thrown together, the first group's first. */
    static double[] ofBoth(double[] first, double[] second) {
        double[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return of(all);
    }
}
