package org.ctstream.model.network;

/** What lies between two dense blocks: (N, channels, H, W) to (N, fewer channels, H/2, W/2), odd sides rounded down. */
final class Transition extends Layer {
    private final Layer norm;
    private final Layer conv;

    Transition(int channels, int filters) {
        norm = addChildBlock("norm", new BatchNormalization(channels));
        conv = addChildBlock("conv", Convolution.of(channels, filters, 1, 1, 0));
    }

    @Override
    Value apply(Value x) {
        try (Value narrowed = Layers.preActivated(norm, conv, x)) {
            return narrowed.halved();
        }
    }
}
