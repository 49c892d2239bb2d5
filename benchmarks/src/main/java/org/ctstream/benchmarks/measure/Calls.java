package org.ctstream.benchmarks.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Times calls that are long against the clock's resolution: milliseconds, not nanoseconds. */
public final class Calls {
    private static final int FEWEST = 3;
    /** Threads of what ran before may spin for some tens of milliseconds, and would take a core from what comes now. */
    private static final Duration SPINNING_ENDS = Duration.ofMillis(150);

    private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private Calls() {}

    /** A call to be timed. */
    @FunctionalInterface
    public interface Call {
        void run() throws Exception;
    }

    /**
     * Calls once untimed, then at least {@value #FEWEST} times and for at least the time given.
     *
     * @return milliseconds of one call: the median
     */
    public static double medianMillis(Duration atLeast, Call call) throws Exception {
        Thread.sleep(SPINNING_ENDS.toMillis());
        call.run();
        List<Double> millis = new ArrayList<>();
        long begun = System.nanoTime();
        while (millis.size() < FEWEST || System.nanoTime() - begun < atLeast.toNanos()) {
            long start = System.nanoTime();
            call.run();
            millis.add((System.nanoTime() - start) / NANOS_PER_MILLI);
            if (Thread.interrupted()) {
                throw new InterruptedException("stopped between two calls");
            }
        }
        return Sample.of(millis).median();
    }
}
