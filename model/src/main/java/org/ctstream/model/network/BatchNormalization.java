package org.ctstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation over the channels of (N, C, H, W), float32, with torch's parameter names, momentum and epsilon.
 *
 * <p>DJL's own block takes the batch's statistics, and moves the running ones, whenever a trainer runs it, even if its
 * parameters are frozen. This one keeps to the running statistics while it is {@linkplain #setFrozen frozen}.
 *
 * <h2>Thread safety</h2>
 *
 * Inference by several threads at once is safe; training is not.
 *
 * @see "Ioffe and Szegedy, Batch Normalization, ICML 2015"
 */
public final class BatchNormalization extends AbstractBlock {
    /** Names of the parameters, as torch has them. */
    static final List<String> PARAMETERS = List.of("weight", "bias", "running_mean", "running_var");

    private static final byte VERSION = 1;
    /** DJL counts what is kept of the running statistics; torch's 0.1 counts what is new. */
    private static final float MOMENTUM = 0.9f;

    private static final float EPSILON = 1e-5f;

    private final Parameter weight;
    private final Parameter bias;
    private final Parameter runningMean;
    private final Parameter runningVariance;
    private boolean frozen;

    public BatchNormalization(long channels) {
        super(VERSION);
        weight = parameter("weight", Parameter.Type.GAMMA, channels);
        bias = parameter("bias", Parameter.Type.BETA, channels);
        runningMean = parameter("running_mean", Parameter.Type.RUNNING_MEAN, channels);
        runningVariance = parameter("running_var", Parameter.Type.RUNNING_VAR, channels);
    }

    /** Whether training leaves the running statistics alone and normalises with them. */
    public void setFrozen(boolean frozen) {
        this.frozen = frozen;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        NDArray x = inputs.singletonOrThrow();
        return x.getNDArrayInternal()
                .batchNorm(
                        x,
                        store.getValue(runningMean, x.getDevice(), training),
                        store.getValue(runningVariance, x.getDevice(), training),
                        store.getValue(weight, x.getDevice(), training),
                        store.getValue(bias, x.getDevice(), training),
                        -1,
                        MOMENTUM,
                        EPSILON,
                        training && !frozen);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {inputShapes[0]};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        // No children; the parameters' shapes are known since construction.
    }

    private Parameter parameter(String name, Parameter.Type type, long channels) {
        boolean learnt = type == Parameter.Type.GAMMA || type == Parameter.Type.BETA;
        return addParameter(Parameter.builder()
                .setName(name)
                .setType(type)
                .optRequiresGrad(learnt)
                .optShape(new Shape(channels))
                .build());
    }
}
