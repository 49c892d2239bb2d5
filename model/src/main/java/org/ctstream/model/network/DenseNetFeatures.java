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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * DenseNet without its classifier: standardised images, float32 (N, 3, H, W), to the last normalised feature map,
 * (N, features, H/32, W/32), before ReLU and pooling.
 */
public final class DenseNetFeatures extends AbstractBlock {
    private final Block conv0;
    private final Block norm0;
    private final Block pool0 = Pool.maxPool2dBlock(new Shape(3, 3), new Shape(2, 2), new Shape(1, 1));
    /** Dense blocks and the transitions between them, in order. */
    private final List<Block> stages = new ArrayList<>();

    private final Block lastNorm;

    DenseNetFeatures(DenseNetLayout layout) {
        conv0 = addChildBlock("conv0", Layers.convolution(layout.initialFeatures(), 7, 2, 3));
        norm0 = addChildBlock("norm0", new BatchNormalization(layout.initialFeatures()));
        int blocks = layout.blocks().size();
        for (int i = 0; i < blocks; i++) {
            stages.add(addChildBlock(
                    "denseblock" + (i + 1),
                    new DenseBlock(layout.blocks().get(i), layout.channelsInto(i), layout.growth())));
            if (i + 1 < blocks) {
                stages.add(addChildBlock(
                        "transition" + (i + 1), new Transition(layout.channelsOutOf(i), layout.channelsInto(i + 1))));
            }
        }
        lastNorm = addChildBlock("norm" + (blocks + 1), new BatchNormalization(layout.features()));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        NDArray x = stem(store, inputs.singletonOrThrow(), training);
        for (Block stage : stages) {
            NDArray next = Layers.apply(stage, store, x, training);
            x.close();
            x = next;
        }
        NDArray features = Layers.apply(lastNorm, store, x, training);
        x.close();
        return new NDList(features);
    }

    private NDArray stem(ParameterStore store, NDArray images, boolean training) {
        try (NDArray convolved = Layers.apply(conv0, store, images, training);
                NDArray activated = Layers.normalisedRelu(norm0, store, convolved, training)) {
            return Layers.apply(pool0, store, activated, training);
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape[] shapes = pool0.getOutputShapes(conv0.getOutputShapes(inputShapes));
        for (Block stage : stages) {
            shapes = stage.getOutputShapes(shapes);
        }
        return shapes;
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        conv0.initialize(manager, dataType, inputShapes);
        Shape[] shapes = conv0.getOutputShapes(inputShapes);
        norm0.initialize(manager, dataType, shapes);
        shapes = pool0.getOutputShapes(shapes);
        for (Block stage : stages) {
            stage.initialize(manager, dataType, shapes);
            shapes = stage.getOutputShapes(shapes);
        }
        lastNorm.initialize(manager, dataType, shapes);
    }
}
