package org.ctstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.ParameterStore;

/**
 * Steps the networks share. Each closes what it makes on the way: a result otherwise lives as long as its manager, and a
 * network's several hundred results together take many times the memory of the largest. The caller closes its own input.
 * Closing is safe in training too, because it gives up the Java handle only and the gradient keeps what it needs.
 */
final class Layers {
    private Layers() {}

    /** A square convolution without bias. */
    static Conv2d convolution(int filters, int kernel, int stride, int padding) {
        return Conv2d.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(kernel, kernel))
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(padding, padding))
                .optBias(false)
                .build();
    }

    /** One array through a block. */
    static NDArray apply(Block block, ParameterStore store, NDArray x, boolean training) {
        return block.forward(store, new NDList(x), training).singletonOrThrow();
    }

    /** Normalisation, then ReLU. */
    static NDArray normalisedRelu(Block normalisation, ParameterStore store, NDArray x, boolean training) {
        try (NDArray normalised = apply(normalisation, store, x, training)) {
            return normalised.getNDArrayInternal().relu();
        }
    }

    /** Normalisation, ReLU, convolution: the order in which DenseNet composes them. */
    static NDArray preActivated(
            Block normalisation, Block convolution, ParameterStore store, NDArray x, boolean training) {
        try (NDArray activated = normalisedRelu(normalisation, store, x, training)) {
            return apply(convolution, store, activated, training);
        }
    }
}
