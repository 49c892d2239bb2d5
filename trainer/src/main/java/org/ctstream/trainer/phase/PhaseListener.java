package org.ctstream.trainer.phase;

import org.ctstream.model.weights.WeightsReport;
import org.ctstream.trainer.history.EpochRecord;

/** Is told what a phase does; called on the training thread. */
public interface PhaseListener {
    /** A phase begins, or goes on after this many epochs. */
    default void started(PhaseSettings settings, int epochsDone) {}

    /** What of the weights a phase begins from fits its network, and what does not. */
    default void initialWeights(PhaseSettings settings, WeightsReport report) {}

    /** Outputs of the frozen stages computed so far. */
    default void frozenFeatures(int done, int total) {}

    /** Updates of the running epoch done so far. */
    default void step(PhaseSettings settings, int epoch, int updatesDone, int updates) {}

    /** An epoch is over and its checkpoint written. */
    default void epoch(PhaseSettings settings, EpochRecord epoch, StepTimes times, boolean best) {}
}
