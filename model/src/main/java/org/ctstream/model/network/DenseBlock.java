package org.ctstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;

/** Layers that each see the channels of all before them: (N, channels, H, W) to (N, channels + layers x growth, H, W). */
final class DenseBlock extends Layer {
    private static final int CHANNEL_AXIS = 1;

    private final List<DenseLayer> layers = new ArrayList<>();

    DenseBlock(int layerCount, int channels, int growth) {
        for (int i = 0; i < layerCount; i++) {
            layers.add(addChildBlock("denselayer" + (i + 1), new DenseLayer(channels + i * growth, growth)));
        }
    }

    @Override
    NDArray apply(ParameterStore store, NDArray x, boolean training) {
        NDArray channels = x;
        for (DenseLayer layer : layers) {
            try (NDArray grown = layer.apply(store, channels, training)) {
                NDArray joined = NDArrays.concat(new NDList(channels, grown), CHANNEL_AXIS);
                if (channels != x) {
                    channels.close();
                }
                channels = joined;
            }
        }
        return channels;
    }
}
