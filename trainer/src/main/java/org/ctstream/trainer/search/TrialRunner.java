package org.ctstream.trainer.search;

import java.nio.file.Path;
import org.ctstream.trainer.phase.PhaseListener;
import org.ctstream.trainer.run.FinishedPhase;

/** Trains one trial, or goes on with it. */
@FunctionalInterface
public interface TrialRunner {
    /**
     * Runs it.
     *
     * @param folder the trial's own
     * @return its one phase, finished
     * @throws org.ctstream.trainer.phase.DivergedException if these settings make the weights run away
     * @throws ai.djl.engine.EngineException if the engine cannot run them, for want of memory for example
     */
    FinishedPhase run(TrialSettings trial, Path folder, PhaseListener listener);
}
