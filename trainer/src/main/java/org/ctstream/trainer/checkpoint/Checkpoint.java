package org.ctstream.trainer.checkpoint;

import org.ctstream.model.weights.Weights;
import org.jspecify.annotations.Nullable;

/**
 * A state of training, enough to go on as if nothing had happened.
 *
 * @param weights the network's parameters, running statistics included
 * @param optimizer what the update rule remembers; null in a checkpoint that is only to be used, not gone on from
 * @param average the average of the weights; null if none is taken
 */
public record Checkpoint(
        Progress progress,
        Weights weights,
        @Nullable Weights optimizer,
        @Nullable Weights average) {}
