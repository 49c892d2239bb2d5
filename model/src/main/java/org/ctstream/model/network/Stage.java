package org.ctstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.training.ParameterStore;

/**
 * A part of a network that is frozen or trained as a whole.
 *
 * @param name prefix of its parameters' names, without the dot behind it
 * @param layer owner of its parameters
 * @param step what it does: the layer, and the operations without parameters that belong to it
 */
record Stage(String name, Layer layer, Step step) {
    /** From one array to a new one; closes what it makes on the way and not its input. */
    @FunctionalInterface
    interface Step {
        NDArray apply(ParameterStore store, NDArray x, boolean training);
    }

    /** A stage that does what its layer does. */
    Stage(String name, Layer layer) {
        this(name, layer, layer::apply);
    }

    /** A stage whose last operation is a linear layer, behind dropout. */
    static Stage linear(String name, Dense layer, double dropout) {
        return new Stage(name, layer, (store, x, training) -> Layers.linear(layer, dropout, store, x, training));
    }
}
