package org.ctstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.training.ParameterStore;

/**
 * From a backbone's features to an embedding: three linear layers with ReLU between them, then L2 normalisation, so that
 * distances between embeddings lie from 0 to 2. (N, features) to (N, {@value #EMBEDDING}), rows of length 1.
 */
final class Head extends Layer {
    /** Length of an embedding. */
    static final int EMBEDDING = 512;

    private static final int HIDDEN = 1024;
    private static final int ROWS = 1;
    /** Keeps a row of zeros from being divided by zero. */
    private static final double LEAST_LENGTH = 1e-12;

    private final Layer linear1;
    private final Layer linear2;
    private final Layer linear3;

    Head(long features) {
        linear1 = addChildBlock("linear1", new Dense(features, HIDDEN));
        linear2 = addChildBlock("linear2", new Dense(HIDDEN, HIDDEN));
        linear3 = addChildBlock("linear3", new Dense(HIDDEN, EMBEDDING));
    }

    @Override
    NDArray apply(ParameterStore store, NDArray x, boolean training) {
        try (NDArray first = activated(linear1, store, x, training);
                NDArray second = activated(linear2, store, first, training);
                NDArray embedding = linear3.apply(store, second, training)) {
            return embedding.normalize(2, ROWS, LEAST_LENGTH);
        }
    }

    private static NDArray activated(Layer linear, ParameterStore store, NDArray x, boolean training) {
        try (NDArray sums = linear.apply(store, x, training)) {
            return Layers.relu(sums);
        }
    }
}
