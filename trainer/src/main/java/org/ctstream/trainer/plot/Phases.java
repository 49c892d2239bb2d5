package org.ctstream.trainer.plot;

import java.util.ArrayList;
import java.util.List;
import org.ctstream.trainer.history.EpochRecord;

/** The phases of a run, in order. */
final class Phases {
    private Phases() {}

    static List<Phase> of(List<EpochRecord> epochs) {
        List<Phase> phases = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= epochs.size(); i++) {
            String name = epochs.get(from).phase();
            if (i == epochs.size() || !epochs.get(i).phase().equals(name)) {
                phases.add(new Phase(name, from, i));
                from = i;
            }
        }
        return phases;
    }

    /**
     * Epochs that follow each other in one phase.
     *
     * @param from index of its first epoch in the run
     * @param to index after its last one
     */
    record Phase(String name, int from, int to) {
        int epochs() {
            return to - from;
        }
    }
}
