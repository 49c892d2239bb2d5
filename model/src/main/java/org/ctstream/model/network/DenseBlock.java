package org.ctstream.model.network;

import java.util.ArrayList;
import java.util.List;

/** Layers that each see the channels of all before them: (N, channels, H, W) to (N, channels + layers x growth, H, W). */
final class DenseBlock extends Layer {
    private final List<DenseLayer> layers = new ArrayList<>();

    DenseBlock(int layerCount, int channels, int growth) {
        for (int i = 0; i < layerCount; i++) {
            layers.add(addChildBlock("denselayer" + (i + 1), new DenseLayer(channels + i * growth, growth)));
        }
    }

    @Override
    Value apply(Value x) {
        Value channels = x;
        for (DenseLayer layer : layers) {
            try (Value grown = layer.apply(channels)) {
                Value joined = channels.joined(grown);
                if (channels != x) {
                    channels.close();
                }
                channels = joined;
            }
        }
        return channels;
    }
}
