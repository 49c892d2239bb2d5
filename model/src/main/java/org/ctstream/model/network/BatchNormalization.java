package org.ctstream.model.network;

import ai.djl.nn.Parameter;
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

    /** Added to the variance, as in torch. */
    static final float EPSILON = 1e-5f;

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
    Value apply(Value x) {
        return x.normalized(weight, bias, runningMean, runningVariance, frozen);
    }
}
