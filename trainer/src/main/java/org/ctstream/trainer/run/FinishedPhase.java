package org.ctstream.trainer.run;

import org.ctstream.model.weights.Weights;
import org.ctstream.trainer.checkpoint.Progress;
import org.ctstream.trainer.phase.PhaseSettings;

/** A phase at its end, with its best weights. */
public record FinishedPhase(PhaseSettings settings, Progress progress, Weights best) {}
