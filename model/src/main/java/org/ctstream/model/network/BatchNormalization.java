package org.ctstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.List;

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
public final class BatchNormalization extends Layer {
    /** Names of the parameters, as torch has them. */
    static final List<String> PARAMETERS = List.of("weight", "bias", "running_mean", "running_var");

    /** DJL counts what is kept of the running statistics; torch's 0.1 counts what is new. */
    private static final float MOMENTUM = 0.9f;

    private static final float EPSILON = 1e-5f;

    private final Parameter weight;
    private final Parameter bias;
    private final Parameter runningMean;
    private final Parameter runningVariance;
    private boolean frozen;

    public BatchNormalization(long channels) {
        weight = learnt("weight", Parameter.Type.GAMMA, channels);
        bias = learnt("bias", Parameter.Type.BETA, channels);
        runningMean = kept("running_mean", Parameter.Type.RUNNING_MEAN, channels);
        runningVariance = kept("running_var", Parameter.Type.RUNNING_VAR, channels);
    }

    /** Whether training leaves the running statistics alone and normalises with them. */
    public void setFrozen(boolean frozen) {
        this.frozen = frozen;
    }

    @Override
    NDArray apply(ParameterStore store, NDArray x, boolean training) {
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
                        training && !frozen)
                .singletonOrThrow();
    }
}
