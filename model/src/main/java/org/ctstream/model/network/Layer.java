package org.ctstream.model.network;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * A block with one array in and one out, whose parameters have their shapes since construction.
 *
 * <p>So nothing has to be derived from the shape of an input, neither to initialise it nor to run it on images of another
 * size.
 */
abstract class Layer extends AbstractBlock {
    /** Version 1, the only one of each layer. */
    Layer() {
        super((byte) 1);
    }

    /** The layer's result; neither closes the input nor leaves other values open. */
    abstract Value apply(Value x);

    @Override
    protected final NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        return new NDList(
                ((ComputedValue) apply(new ComputedValue(inputs.singletonOrThrow(), store, training))).array());
    }

    @Override
    protected final void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        for (Block child : getChildren().values()) {
            child.initialize(manager, dataType, inputShapes);
        }
    }

    /** Not known without running it; only whole networks tell, see {@link StagedNetwork#getOutputShapes}. */
    @Override
    public final Shape[] getOutputShapes(Shape[] inputShapes) {
        throw new UnsupportedOperationException("a layer's parameters do not depend on shapes; run it instead");
    }

    /** A parameter of this layer that training learns. */
    final Parameter learnt(String name, Parameter.Type type, long... shape) {
        return parameter(name, type, true, shape);
    }

    /** A parameter of this layer that training does not learn by gradients. */
    final Parameter kept(String name, Parameter.Type type, long... shape) {
        return parameter(name, type, false, shape);
    }

    private Parameter parameter(String name, Parameter.Type type, boolean gradient, long... shape) {
        return addParameter(Parameter.builder()
                .setName(name)
                .setType(type)
                .optRequiresGrad(gradient)
                .optShape(new Shape(shape))
                .build());
    }
}
