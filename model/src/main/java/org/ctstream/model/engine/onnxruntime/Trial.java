package org.ctstream.model.engine.onnxruntime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the fastest of some arrangements by running each some times in turn, so that what else the machine does meets
 * all of them; the best time of each counts.
 */
final class Trial {
    /** A plainer arrangement is kept unless another is faster by more than this. */
    private static final double WORTH_IT = 0.98;

    private static final int FEWEST_ROUNDS = 2;
    private static final int MOST_ROUNDS = 10;
    private static final double NANOS_PER_MILLI = 1e6;

    private final LongSupplier nanoTime;
    private final long budgetNanos;
    private final Map<Arrangement, Double> milliseconds = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    /** @param budgetNanos no further round is begun after this time, unless there was only one */
    Trial(LongSupplier nanoTime, long budgetNanos) {
        this.nanoTime = nanoTime;
        this.budgetNanos = budgetNanos;
    }

    /** Computes one batch in some arrangement. */
    @FunctionalInterface
    interface Batch {
        /** @return slices it had */
        int compute(Arrangement arrangement);
    }

    /**
     * The fastest arrangement. One that fails is out.
     *
     * @param candidates the plainest first
     * @throws RuntimeException as the last one did if all fail
     */
    Arrangement fastest(List<Arrangement> candidates, Batch batch) {
        List<Arrangement> left = new ArrayList<>(candidates);
        long begin = nanoTime.getAsLong();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            if (round >= FEWEST_ROUNDS && nanoTime.getAsLong() - begin >= budgetNanos) {
                break;
            }
            @Nullable RuntimeException failure = null;
            for (Arrangement candidate : List.copyOf(left)) {
                try {
                    time(candidate, batch);
                } catch (RuntimeException e) {
                    failure = e;
                    left.remove(candidate);
                    failures.add(candidate + " failed");
                }
            }
            if (left.isEmpty() && failure != null) {
                throw failure;
            }
        }
        return plainestOfTheFastest(left);
    }

    private void time(Arrangement candidate, Batch batch) {
        long begin = nanoTime.getAsLong();
        int slices = batch.compute(candidate);
        milliseconds.merge(candidate, (nanoTime.getAsLong() - begin) / NANOS_PER_MILLI / slices, Math::min);
    }

    private Arrangement plainestOfTheFastest(List<Arrangement> left) {
        Arrangement best = left.get(0);
        for (Arrangement candidate : left) {
            if (of(candidate) < WORTH_IT * of(best)) {
                best = candidate;
            }
        }
        return best;
    }

    private double of(Arrangement candidate) {
        return milliseconds.getOrDefault(candidate, Double.MAX_VALUE);
    }

    /** Whether an arrangement was left out because it failed. */
    boolean anyFailed() {
        return !failures.isEmpty();
    }

    /** What was tried, for people, for example {@code 1x2x1 26.3 ms, 2x1x1 22.1 ms}. */
    String report() {
        List<String> lines = new ArrayList<>(failures);
        milliseconds.forEach(
                (arrangement, time) -> lines.add(String.format(Locale.ROOT, "%s %.2f ms", arrangement, time)));
        return String.join(", ", lines);
    }
}
