package org.ctstream.model.network;

import org.jspecify.annotations.Nullable;

/**
 * A part of a network that is frozen or trained as a whole.
 *
 * @param name prefix of its parameters' names, without the dot behind it
 * @param layer owner of its parameters
 * @param step what it does: the layer, and the operations without parameters that belong to it
 * @param map what it does short of the average over all places with which it ends; null if it does not end so
 */
record Stage(String name, Layer layer, Step step, @Nullable Step map) {
    /** From one value to a new one; closes what it makes on the way and not its input. */
    @FunctionalInterface
    interface Step {
        Value apply(Value x);
    }

    Stage(String name, Layer layer, Step step) {
        this(name, layer, step, null);
    }

    /** A stage that does what its layer does. */
    Stage(String name, Layer layer) {
        this(name, layer, layer::apply);
    }

    /** A stage that averages the map it makes, (N, C, H, W), over all places, (N, C). */
    static Stage averaged(String name, Layer layer, Step map) {
        return new Stage(
                name,
                layer,
                x -> {
                    try (Value features = map.apply(x)) {
                        return features.averaged();
                    }
                },
                map);
    }

    /** A stage whose last operation is a linear layer, behind dropout. */
    static Stage linear(String name, Dense layer, double dropout) {
        return new Stage(name, layer, x -> Layers.linear(layer, dropout, x));
    }
}
