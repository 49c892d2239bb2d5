package org.ctstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.training.ParameterStore;

/** What lies between two dense blocks: (N, channels, H, W) to (N, fewer channels, H/2, W/2), odd sides rounded down. */
final class Transition extends Layer {
    private final Layer norm;
    private final Layer conv;

    Transition(int channels, int filters) {
        norm = addChildBlock("norm", new BatchNormalization(channels));
        conv = addChildBlock("conv", Convolution.of(channels, filters, 1, 1, 0));
    }

    @Override
    NDArray apply(ParameterStore store, NDArray x, boolean training) {
        try (NDArray narrowed = Layers.preActivated(norm, conv, store, x, training)) {
            return Layers.halved(narrowed);
        }
    }
}
