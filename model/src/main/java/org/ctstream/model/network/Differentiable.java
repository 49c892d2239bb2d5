package org.ctstream.model.network;

/** A layer of which it is written down how much its input matters, for maps that explain a result. */
interface Differentiable {

    /**
     * Gradient of some number with respect to the layer's input, where only its direction counts: a row may come out
     * multiplied by any positive number.
     *
     * @param x the layer's input, (N, inputs)
     * @param outputGradient gradient with respect to the layer's output, (N, outputs) or the same for all, (1, outputs)
     * @return (N, inputs) or (1, inputs); closes neither argument
     */
    Value inputGradient(Value x, Value outputGradient);
}
