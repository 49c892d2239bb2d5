package org.ctstream.benchmarks.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Repeats several trials in turn, so that what disturbs the machine for a while disturbs all of them: forwards in one
 * repetition, backwards in the next.
 */
public final class Interleaved {
    private Interleaved() {}

    private record Turn(String name, Trial trial, List<Double> figures) {}

    /**
     * Runs every trial once per repetition.
     *
     * @param trials by name
     * @param told hears of each repetition's end
     * @return each trial's figures, in the order of the trials
     */
    public static Samples run(int repetitions, Map<String, Trial> trials, Consumer<String> told) throws Exception {
        if (repetitions < 1) {
            throw new IllegalArgumentException("repetitions " + repetitions + " (expected: 1 or more)");
        }
        List<Turn> turns = new ArrayList<>();
        trials.forEach((name, trial) -> turns.add(new Turn(name, trial, new ArrayList<>())));
        List<Turn> order = new ArrayList<>(turns);
        for (int i = 0; i < repetitions; i++) {
            for (Turn turn : order) {
                turn.figures().add(turn.trial().measure());
            }
            Collections.reverse(order);
            told.accept("repetition " + (i + 1) + " of " + repetitions);
        }
        Map<String, Sample> samples = new LinkedHashMap<>();
        turns.forEach(turn -> samples.put(turn.name(), Sample.of(turn.figures())));
        return new Samples(samples);
    }
}
