package org.ctstream.model.network;

import ai.djl.nn.Parameter;
import org.jspecify.annotations.Nullable;

/** A square convolution: (N, channels, H, W) to (N, filters, H', W'), kernels (filters, channels, rows, columns). */
final class Convolution extends Layer {
    private final Parameter weight;
    private final @Nullable Parameter bias;
    private final int stride;
    private final int padding;

    private Convolution(long channels, long filters, int kernel, int stride, int padding, boolean biased) {
        weight = learnt("weight", Parameter.Type.WEIGHT, filters, channels, kernel, kernel);
        bias = biased ? learnt("bias", Parameter.Type.BIAS, filters) : null;
        this.stride = stride;
        this.padding = padding;
    }

    /** Without bias, as before a normalisation. */
    static Convolution of(long channels, long filters, int kernel, int stride, int padding) {
        return new Convolution(channels, filters, kernel, stride, padding, false);
    }

    static Convolution withBias(long channels, long filters, int kernel, int stride, int padding) {
        return new Convolution(channels, filters, kernel, stride, padding, true);
    }

    @Override
    Value apply(Value x) {
        return x.convolved(weight, bias, stride, padding);
    }
}
