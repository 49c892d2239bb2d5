package org.ctstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * DenseNet-BC: standardised images, float32 (N, 3, H, W), NCHW, to logits (N, classes).
 *
 * <p>Its parameters have torchvision's names, see {@link Parameters#byName}.
 *
 * <h2>Thread safety</h2>
 *
 * Inference by several threads at once is safe, each with a ParameterStore of its own; training is not.
 *
 * @see DenseNetLayout
 */
public final class DenseNet extends AbstractBlock {
    private final DenseNetLayout layout;
    private final DenseNetFeatures features;
    private final Block classifier;

    public DenseNet(DenseNetLayout layout) {
        this.layout = layout;
        features = addChildBlock("features", new DenseNetFeatures(layout));
        classifier = addChildBlock(
                "classifier", Linear.builder().setUnits(layout.classes()).build());
    }

    public DenseNetLayout layout() {
        return layout;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        try (NDArray map = Layers.apply(features, store, inputs.singletonOrThrow(), training);
                NDArray activated = map.getNDArrayInternal().relu();
                NDArray pooled = activated.getNDArrayInternal().globalAvgPool()) {
            return new NDList(Layers.apply(classifier, store, pooled, training));
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0), layout.classes())};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        features.initialize(manager, dataType, inputShapes);
        classifier.initialize(manager, dataType, new Shape(inputShapes[0].get(0), layout.features()));
    }
}
