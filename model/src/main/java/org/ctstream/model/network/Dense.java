package org.ctstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;

/** A linear layer with bias, torch's {@code Linear}: (N, inputs) to (N, outputs), weights (outputs, inputs). */
final class Dense extends Layer {
    private final Parameter weight;
    private final Parameter bias;

    Dense(long inputs, long outputs) {
        weight = learnt("weight", Parameter.Type.WEIGHT, outputs, inputs);
        bias = learnt("bias", Parameter.Type.BIAS, outputs);
    }

    @Override
    NDArray apply(ParameterStore store, NDArray x, boolean training) {
        return Linear.linear(
                        x,
                        store.getValue(weight, x.getDevice(), training),
                        store.getValue(bias, x.getDevice(), training))
                .singletonOrThrow();
    }
}
