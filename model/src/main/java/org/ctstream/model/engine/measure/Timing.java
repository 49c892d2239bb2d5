package org.ctstream.model.engine.measure;

import java.util.Arrays;

/**
 * How long one classifier took for batches of one size.
 *
 * @param name the contestant's
 * @param batch slices of each call
 * @param calls how many were timed
 * @param fastestMillis the fastest call
 * @param p50Millis half of the calls took at most this long
 * @param p95Millis 95 of a hundred did; the slowest if there are fewer than twenty
 * @param p99Millis 99 of a hundred did; the slowest if there are fewer than a hundred
 * @param slicesPerSecond slices of all calls over the time of all calls, one call after the other
 */
public record Timing(
        String name,
        int batch,
        int calls,
        double fastestMillis,
        double p50Millis,
        double p95Millis,
        double p99Millis,
        double slicesPerSecond) {
    private static final double NANOS_PER_MILLI = 1e6;

    /**
     * @param nanos time of each call, at least one
     * @throws IllegalArgumentException if there is none
     */
    static Timing of(String name, int batch, long[] nanos) {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("no call of " + name + " was timed");
        }
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        double totalMillis = Arrays.stream(sorted).sum() / NANOS_PER_MILLI;
        return new Timing(
                name,
                batch,
                sorted.length,
                sorted[0] / NANOS_PER_MILLI,
                percentile(sorted, 50),
                percentile(sorted, 95),
                percentile(sorted, 99),
                1000.0 * batch * sorted.length / totalMillis);
    }

    /** How many times as many slices a second as the other. */
    public double ratioTo(Timing reference) {
        return slicesPerSecond / reference.slicesPerSecond;
    }

    /** Nearest rank: a time that was measured, not one between two. */
    private static double percentile(long[] sorted, int percent) {
        int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
        return sorted[Math.max(1, rank) - 1] / NANOS_PER_MILLI;
    }
}
