package org.ctstream.model.network;

/** One layer of a dense block: (N, channels, H, W) to the (N, growth, H, W) that it adds. */
final class DenseLayer extends Layer {
    private final Layer norm1;
    private final Layer conv1;
    private final Layer norm2;
    private final Layer conv2;

    DenseLayer(int channels, int growth) {
        int bottleneck = DenseNetLayout.BOTTLENECK * growth;
        norm1 = addChildBlock("norm1", new BatchNormalization(channels));
        conv1 = addChildBlock("conv1", Convolution.of(channels, bottleneck, 1, 1, 0));
        norm2 = addChildBlock("norm2", new BatchNormalization(bottleneck));
        conv2 = addChildBlock("conv2", Convolution.of(bottleneck, growth, 3, 1, 1));
    }

    @Override
    Value apply(Value x) {
        try (Value narrowed = Layers.preActivated(norm1, conv1, x)) {
            return Layers.preActivated(norm2, conv2, narrowed);
        }
    }
}
