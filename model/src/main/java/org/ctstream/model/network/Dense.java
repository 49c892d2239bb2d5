package org.ctstream.model.network;

import ai.djl.nn.Parameter;

/** A linear layer with bias, torch's {@code Linear}: (N, inputs) to (N, outputs), weights (outputs, inputs). */
final class Dense extends Layer implements Differentiable {
    private final Parameter weight;
    private final Parameter bias;

    Dense(long inputs, long outputs) {
        weight = learnt("weight", Parameter.Type.WEIGHT, outputs, inputs);
        bias = learnt("bias", Parameter.Type.BIAS, outputs);
    }

    @Override
    Value apply(Value x) {
        return x.linear(weight, bias);
    }

    @Override
    public Value inputGradient(Value x, Value outputGradient) {
        return outputGradient.backThrough(weight);
    }
}
