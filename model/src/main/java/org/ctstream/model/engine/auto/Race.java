package org.ctstream.model.engine.auto;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.engine.measure.Contestant;
import org.ctstream.model.engine.measure.InterleavedTiming;
import org.ctstream.model.engine.measure.Timing;

/** Which of several open candidates is the fastest, by a measurement of a few seconds at most. */
final class Race {
    private static final long BUDGET_NANOS = Duration.ofSeconds(3).toNanos();
    /** A batch much larger tells nothing new on a processor. */
    private static final int LARGEST_BATCH = 8;

    private static final int ROUNDS = 3;
    /** Every candidate's calls: two to warm up, and one a round at least. */
    private static final int CALLS = 2 + ROUNDS;

    /** Below this the difference is noise, and the choice should not change from one start to the next. */
    private static final double TIE = 1.05;

    private Race() {}

    /**
     * @param why why it won
     * @param millisPerSlice of each candidate, in the candidates' order; empty if there was no need to measure
     */
    record Outcome(Trial winner, String why, List<Trial> trials, List<Double> millisPerSlice) {
        String whyNot(Trial loser) {
            if (millisPerSlice.isEmpty()) {
                return "could not be measured";
            }
            double millis = millisPerSlice.get(trials.indexOf(loser));
            double best = millisPerSlice.get(trials.indexOf(winner));
            return String.format(
                    Locale.ROOT,
                    millis < best ? "%.2f ms a slice, which is not faster by enough" : "slower, %.2f ms a slice",
                    millis);
        }
    }

    /** @param trials in order of preference, at least one */
    static Outcome of(List<Trial> trials, int maxBatch) {
        if (trials.size() == 1) {
            return new Outcome(trials.get(0), "the first of the order that works here", trials, List.of());
        }
        int slices = slices(trials, maxBatch);
        List<Double> millis;
        try {
            millis = slices == 0 ? ofTheTrials(trials) : measure(trials, slices);
        } catch (ClassifierException e) {
            return new Outcome(
                    trials.get(0), "the first that works; measuring failed: " + e.getMessage(), trials, List.of());
        }
        int fastest = fastest(millis);
        String why = String.format(
                Locale.ROOT,
                "no other is faster here, %.2f ms a slice in batches of %d",
                millis.get(fastest),
                Math.max(1, slices));
        return new Outcome(trials.get(fastest), why, trials, millis);
    }

    /** Index of the fastest; of those that are nearly as fast as each other the first. */
    static int fastest(List<Double> millis) {
        int fastest = 0;
        for (int i = 1; i < millis.size(); i++) {
            if (millis.get(fastest) > TIE * millis.get(i)) {
                fastest = i;
            }
        }
        return fastest;
    }

    /**
     * As many as fit into the time; the largest batch a busy worker would have, at most. None if there is no time: on a
     * machine that is overloaded a slice may take seconds.
     */
    private static int slices(List<Trial> trials, int maxBatch) {
        long nanosOfOneEach = trials.stream().mapToLong(Trial::nanosPerSlice).sum();
        long affordable = BUDGET_NANOS / (CALLS * nanosOfOneEach);
        return (int) Math.min(affordable, Math.min(maxBatch, LARGEST_BATCH));
    }

    private static List<Double> ofTheTrials(List<Trial> trials) {
        return trials.stream().map(trial -> trial.nanosPerSlice() / 1e6).toList();
    }

    /** The fastest call of each, which other work on the machine disturbs least. */
    private static List<Double> measure(List<Trial> trials, int slices) {
        List<Contestant> contestants = trials.stream()
                .map(trial -> new Contestant(trial.candidate().toString(), trial.classifier()))
                .toList();
        Duration each = Duration.ofNanos(BUDGET_NANOS / (2L * trials.size()));
        List<Timing> timings = new InterleavedTiming(each, ROUNDS)
                .measure(
                        contestants,
                        Trial.grey(slices, trials.get(0).classifier().release()));
        return timings.stream().map(timing -> timing.fastestMillis() / slices).toList();
    }
}
