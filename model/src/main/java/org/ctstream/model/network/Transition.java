package org.ctstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/** What lies between two dense blocks: (N, channels, H, W) to (N, fewer channels, H/2, W/2), odd sides rounded down. */
final class Transition extends AbstractBlock {
    private final int filters;
    private final Block norm;
    private final Block conv;
    private final Block pool = Pool.avgPool2dBlock(new Shape(2, 2), new Shape(2, 2));

    Transition(int channels, int filters) {
        this.filters = filters;
        norm = addChildBlock("norm", new BatchNormalization(channels));
        conv = addChildBlock("conv", Layers.convolution(filters, 1, 1, 0));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        NDArray x = inputs.singletonOrThrow();
        try (NDArray narrowed = Layers.preActivated(norm, conv, store, x, training)) {
            return new NDList(Layers.apply(pool, store, narrowed, training));
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape in = inputShapes[0];
        return new Shape[] {new Shape(in.get(0), filters, in.get(2) / 2, in.get(3) / 2)};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        norm.initialize(manager, dataType, inputShapes);
        conv.initialize(manager, dataType, inputShapes);
    }
}
