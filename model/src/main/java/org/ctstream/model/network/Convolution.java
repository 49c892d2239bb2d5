package org.ctstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.ParameterStore;
import org.jspecify.annotations.Nullable;

/** A square convolution: (N, channels, H, W) to (N, filters, H', W'), kernels (filters, channels, rows, columns). */
final class Convolution extends Layer {
    private static final Shape UNDILATED = new Shape(1, 1);

    private final Parameter weight;
    private final @Nullable Parameter bias;
    private final Shape stride;
    private final Shape padding;

    private Convolution(long channels, long filters, int kernel, int stride, int padding, boolean biased) {
        weight = learnt("weight", Parameter.Type.WEIGHT, filters, channels, kernel, kernel);
        bias = biased ? learnt("bias", Parameter.Type.BIAS, filters) : null;
        this.stride = new Shape(stride, stride);
        this.padding = new Shape(padding, padding);
    }

    /** Without bias, as before a normalisation. */
    static Convolution of(long channels, long filters, int kernel, int stride, int padding) {
        return new Convolution(channels, filters, kernel, stride, padding, false);
    }

    static Convolution withBias(long channels, long filters, int kernel, int stride, int padding) {
        return new Convolution(channels, filters, kernel, stride, padding, true);
    }

    @Override
    NDArray apply(ParameterStore store, NDArray x, boolean training) {
        return Conv2d.conv2d(
                        x,
                        store.getValue(weight, x.getDevice(), training),
                        bias == null ? null : store.getValue(bias, x.getDevice(), training),
                        stride,
                        padding,
                        UNDILATED,
                        1)
                .singletonOrThrow();
    }
}
