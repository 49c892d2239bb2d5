package org.ctstream.model.network;

import ai.djl.nn.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * An array on its way through a network: computed at once, or recorded to be computed by another engine. A network is
 * written once, in these operations, so that both are the same function.
 *
 * <p>An operation makes a new value and leaves its operands open. Closing gives up the memory as soon as a value is not
 * needed any more: a network's several hundred results together take many times the memory of the largest. It is safe in
 * training too, because the gradient keeps what it needs.
 */
interface Value extends AutoCloseable {

    /** (N, channels, H, W) to (N, filters, H', W'). */
    Value convolved(Parameter weight, @Nullable Parameter bias, int stride, int padding);

    /**
     * Batch normalisation over the channels of (N, C, H, W).
     *
     * @param frozen whether training, too, takes the running statistics and leaves them alone
     */
    Value normalized(Parameter weight, Parameter bias, Parameter mean, Parameter variance, boolean frozen);

    /** What is positive, and 0 in place of the rest. */
    Value relu();

    /** The sum. It may overwrite this value. */
    Value plusInPlace(Value other);

    /** The channels of this and behind them those of the other. */
    Value joined(Value other);

    /** Largest of every square; a border counts as smaller than anything. */
    Value maxPooled(int kernel, int stride, int padding);

    /** Mean of every 2x2 square, odd sides rounded down. */
    Value halved();

    /** (N, C, H, W) to the means (N, C). */
    Value averaged();

    /** (N, C, H, W) to (N, C x side x side): the means of side x side regions that cover the map. */
    Value averagedTo(int side);

    /** (N, inputs) to (N, outputs), weights (outputs, inputs). */
    Value linear(Parameter weight, Parameter bias);

    /** Drops values in training with this probability; does nothing else than copy otherwise. */
    Value dropped(double probability);

    /** Rows of (N, length) divided by their L2 norm, or by this if the norm is less. */
    Value withUnitRows(double leastNorm);

    /** Numbers that do not depend on the input. */
    Value constant(float[] values, long... shape);

    /** (N, outputs) to (N, inputs): the product with a linear layer's weights (outputs, inputs) as they are. */
    Value backThrough(Parameter weight);

    /** 1 for what is positive, 0 for 0, -1 for what is negative. */
    Value sign();

    /** Product element by element; an axis of length 1 counts for all. */
    Value times(Value other);

    /** Difference element by element; an axis of length 1 counts for all. */
    Value minus(Value other);

    /** (N, length) to (N, 1). */
    Value rowSums();

    /** (N, C, H, W), for weights (N, C) or (1, C), to (N, H, W): the channels' weighted sum at each place. */
    Value channelSum(Value weights);

    @Override
    void close();
}
