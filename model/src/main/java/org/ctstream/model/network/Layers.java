package org.ctstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

/**
 * Steps the networks share. Each closes what it makes on the way: a result otherwise lives as long as its manager, and a
 * network's several hundred results together take many times the memory of the largest. The caller closes its own input.
 * Closing is safe in training too, because it gives up the Java handle only and the gradient keeps what it needs.
 */
final class Layers {
    private Layers() {}

    static NDArray relu(NDArray x) {
        return x.getNDArrayInternal().relu();
    }

    /** Normalisation, then ReLU. */
    static NDArray normalisedRelu(Layer normalisation, ParameterStore store, NDArray x, boolean training) {
        try (NDArray normalised = normalisation.apply(store, x, training)) {
            return relu(normalised);
        }
    }

    /** Normalisation, ReLU, convolution: the order in which DenseNet composes them. */
    static NDArray preActivated(
            Layer normalisation, Layer convolution, ParameterStore store, NDArray x, boolean training) {
        try (NDArray activated = normalisedRelu(normalisation, store, x, training)) {
            return convolution.apply(store, activated, training);
        }
    }

    /** Convolution, then normalisation: the order in which ResNet composes them. */
    static NDArray normalised(
            Layer convolution, Layer normalisation, ParameterStore store, NDArray x, boolean training) {
        try (NDArray convolved = convolution.apply(store, x, training)) {
            return normalisation.apply(store, convolved, training);
        }
    }

    /** Convolution, normalisation, ReLU. */
    static NDArray activated(
            Layer convolution, Layer normalisation, ParameterStore store, NDArray x, boolean training) {
        try (NDArray normalised = normalised(convolution, normalisation, store, x, training)) {
            return relu(normalised);
        }
    }

    /** Largest of every square; a border counts as smaller than anything. */
    static NDArray maxPool(NDArray x, int kernel, int stride, int padding) {
        return x.getNDArrayInternal()
                .maxPool(new Shape(kernel, kernel), new Shape(stride, stride), new Shape(padding, padding), false);
    }

    /** Mean of every 2x2 square, odd sides rounded down. */
    static NDArray halved(NDArray x) {
        Shape two = new Shape(2, 2);
        return x.getNDArrayInternal().avgPool(two, two, new Shape(0, 0), false, true);
    }

    /** (N, channels, H, W) to the means (N, channels). */
    static NDArray pooled(NDArray x) {
        return x.getNDArrayInternal().globalAvgPool();
    }

    /** A linear layer behind dropout, which only training with a positive probability has. */
    static NDArray linear(Dense linear, double dropout, ParameterStore store, NDArray x, boolean training) {
        if (!training || dropout == 0) {
            return linear.apply(store, x, training);
        }
        try (NDArray dropped =
                x.getNDArrayInternal().dropout(x, (float) dropout, true).singletonOrThrow()) {
            return linear.apply(store, dropped, true);
        }
    }
}
