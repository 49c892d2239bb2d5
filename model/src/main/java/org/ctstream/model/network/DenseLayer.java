package org.ctstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/** One layer of a dense block: (N, channels, H, W) to the (N, growth, H, W) that it adds. */
final class DenseLayer extends AbstractBlock {
    private final int growth;
    private final Block norm1;
    private final Block conv1;
    private final Block norm2;
    private final Block conv2;

    DenseLayer(int channels, int growth) {
        this.growth = growth;
        int bottleneck = DenseNetLayout.BOTTLENECK * growth;
        norm1 = addChildBlock("norm1", new BatchNormalization(channels));
        conv1 = addChildBlock("conv1", Layers.convolution(bottleneck, 1, 1, 0));
        norm2 = addChildBlock("norm2", new BatchNormalization(bottleneck));
        conv2 = addChildBlock("conv2", Layers.convolution(growth, 3, 1, 1));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        NDArray x = inputs.singletonOrThrow();
        try (NDArray narrowed = Layers.preActivated(norm1, conv1, store, x, training)) {
            return new NDList(Layers.preActivated(norm2, conv2, store, narrowed, training));
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape in = inputShapes[0];
        return new Shape[] {new Shape(in.get(0), growth, in.get(2), in.get(3))};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        norm1.initialize(manager, dataType, inputShapes);
        conv1.initialize(manager, dataType, inputShapes);
        Shape[] narrowed = conv1.getOutputShapes(inputShapes);
        norm2.initialize(manager, dataType, narrowed);
        conv2.initialize(manager, dataType, narrowed);
    }
}
