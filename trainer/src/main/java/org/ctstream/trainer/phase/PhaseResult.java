package org.ctstream.trainer.phase;

import org.ctstream.model.weights.Weights;
import org.ctstream.trainer.checkpoint.Progress;

/**
 * What a phase led to.
 *
 * @param progress where it ended
 * @param best the weights of the best epoch on validation
 */
public record PhaseResult(Progress progress, Weights best) {}
