package org.ctstream.benchmarks.measure;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What one quantity was in each of several repetitions, in their order.
 *
 * <h2>Thread safety</h2>
 * Immutable.
 */
public final class Sample {
    private static final double PERCENT = 100.0;

    private final double[] values;
    private final double[] sorted;

    private Sample(double[] values) {
        this.values = values;
        this.sorted = values.clone();
        Arrays.sort(sorted);
    }

    /** @throws IllegalArgumentException if there are no values, or one is no number */
    public static Sample of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("a sample needs at least one value");
        }
        if (Arrays.stream(values).anyMatch(Double::isNaN)) {
            throw new IllegalArgumentException("a sample has numbers only, found NaN in " + Arrays.toString(values));
        }
        return new Sample(values.clone());
    }

    /** @throws IllegalArgumentException if there are no values, or one is no number */
    public static Sample of(Collection<Double> values) {
        return of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** In the order of the repetitions. */
    public List<Double> values() {
        return Arrays.stream(values).boxed().toList();
    }

    public int size() {
        return values.length;
    }

    public double min() {
        return sorted[0];
    }

    public double max() {
        return sorted[sorted.length - 1];
    }

    /** The middle value; the mean of the two in the middle if their number is even. */
    public double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * A percentile by nearest rank: always a value that was measured.
     *
     * @param percent above 0, at most 100
     */
    public double percentile(double percent) {
        if (!(percent > 0 && percent <= PERCENT)) {
            throw new IllegalArgumentException("percentile " + percent + " (expected: above 0, at most 100)");
        }
        return sorted[(int) Math.ceil(percent / PERCENT * sorted.length) - 1];
    }

    /**
     * The ratio in each repetition. What slows a machine for a while slows both of a pair, and leaves their ratio alone.
     *
     * @param baseline as many values, each of the same repetition
     */
    public Sample over(Sample baseline) {
        if (baseline.size() != size()) {
            throw new IllegalArgumentException(
                    "a ratio needs as many repetitions of both, found " + size() + " over " + baseline.size());
        }
        return of(IntStream.range(0, size())
                .mapToDouble(i -> values[i] / baseline.values[i])
                .toArray());
    }

    /** The same with each value multiplied. */
    public Sample times(double factor) {
        return of(Arrays.stream(values).map(value -> value * factor).toArray());
    }

    /** One over each value: of times, rates. */
    public Sample inverse() {
        return of(Arrays.stream(values).map(value -> 1 / value).toArray());
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
