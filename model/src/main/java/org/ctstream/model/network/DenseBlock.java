package org.ctstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Layers that each see the channels of all before them: (N, channels, H, W) to (N, channels + layers x growth, H, W). */
final class DenseBlock extends AbstractBlock {
    private static final int CHANNEL_AXIS = 1;

    private final List<DenseLayer> layers = new ArrayList<>();

    DenseBlock(int layerCount, int channels, int growth) {
        for (int i = 0; i < layerCount; i++) {
            layers.add(addChildBlock("denselayer" + (i + 1), new DenseLayer(channels + i * growth, growth)));
        }
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        NDArray input = inputs.singletonOrThrow();
        NDArray channels = input;
        for (DenseLayer layer : layers) {
            try (NDArray grown = Layers.apply(layer, store, channels, training)) {
                NDArray joined = NDArrays.concat(new NDList(channels, grown), CHANNEL_AXIS);
                if (channels != input) {
                    channels.close();
                }
                channels = joined;
            }
        }
        return new NDList(channels);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape in = inputShapes[0];
        long channels = in.get(CHANNEL_AXIS);
        for (DenseLayer layer : layers) {
            channels += layer.getOutputShapes(inputShapes)[0].get(CHANNEL_AXIS);
        }
        return new Shape[] {new Shape(in.get(0), channels, in.get(2), in.get(3))};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        Shape in = inputShapes[0];
        for (DenseLayer layer : layers) {
            layer.initialize(manager, dataType, in);
            long grown = layer.getOutputShapes(new Shape[] {in})[0].get(CHANNEL_AXIS);
            in = new Shape(in.get(0), in.get(CHANNEL_AXIS) + grown, in.get(2), in.get(3));
        }
    }
}
