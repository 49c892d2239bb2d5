package org.ctstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import org.jspecify.annotations.Nullable;

/**
 * A value that is there: an array of DJL's PyTorch engine.
 *
 * @param array the numbers, float32
 * @param store where the parameters come from
 * @param training whether normalisations that are not frozen take the batch's statistics, and dropout drops
 */
record ComputedValue(NDArray array, ParameterStore store, boolean training) implements Value {
    private static final int CHANNEL_AXIS = 1;
    private static final Shape UNDILATED = new Shape(1, 1);

    /** DJL counts what is kept of the running statistics; torch's 0.1 counts what is new. */
    private static final float MOMENTUM = 0.9f;

    @Override
    public Value convolved(Parameter weight, @Nullable Parameter bias, int stride, int padding) {
        return of(Conv2d.conv2d(
                        array,
                        get(weight),
                        bias == null ? null : get(bias),
                        new Shape(stride, stride),
                        new Shape(padding, padding),
                        UNDILATED,
                        1)
                .singletonOrThrow());
    }

    @Override
    public Value normalized(Parameter weight, Parameter bias, Parameter mean, Parameter variance, boolean frozen) {
        return of(array.getNDArrayInternal()
                .batchNorm(
                        array,
                        get(mean),
                        get(variance),
                        get(weight),
                        get(bias),
                        -1,
                        MOMENTUM,
                        BatchNormalization.EPSILON,
                        training && !frozen)
                .singletonOrThrow());
    }

    @Override
    public Value relu() {
        return of(array.getNDArrayInternal().relu());
    }

    @Override
    public Value plusInPlace(Value other) {
        return of(array.addi(array(other)));
    }

    @Override
    public Value joined(Value other) {
        return of(NDArrays.concat(new NDList(array, array(other)), CHANNEL_AXIS));
    }

    @Override
    public Value maxPooled(int kernel, int stride, int padding) {
        return of(array.getNDArrayInternal()
                .maxPool(new Shape(kernel, kernel), new Shape(stride, stride), new Shape(padding, padding), false));
    }

    @Override
    public Value halved() {
        Shape two = new Shape(2, 2);
        return of(array.getNDArrayInternal().avgPool(two, two, new Shape(0, 0), false, true));
    }

    @Override
    public Value averaged() {
        return of(array.getNDArrayInternal().globalAvgPool());
    }

    @Override
    public Value averagedTo(int side) {
        try (NDArray map = JniUtils.adaptiveAvgPool((PtNDArray) array, new Shape(side, side))) {
            return of(map.reshape(map.getShape().get(0), -1));
        }
    }

    @Override
    public Value linear(Parameter weight, Parameter bias) {
        return of(Linear.linear(array, get(weight), get(bias)).singletonOrThrow());
    }

    @Override
    public Value dropped(double probability) {
        return of(array.getNDArrayInternal()
                .dropout(array, (float) probability, training)
                .singletonOrThrow());
    }

    @Override
    public Value withUnitRows(double leastNorm) {
        return of(array.normalize(2, 1, leastNorm));
    }

    @Override
    public Value constant(float[] values, long... shape) {
        return of(array.getManager().create(values, new Shape(shape)));
    }

    @Override
    public Value backThrough(Parameter weight) {
        return of(array.matMul(get(weight)));
    }

    @Override
    public Value sign() {
        return of(array.sign());
    }

    @Override
    public Value times(Value other) {
        return of(array.mul(array(other)));
    }

    @Override
    public Value minus(Value other) {
        return of(array.sub(array(other)));
    }

    @Override
    public Value rowSums() {
        return of(array.sum(new int[] {1}, true));
    }

    @Override
    public Value channelSum(Value weights) {
        Shape shape = array.getShape();
        try (NDArray places = array.reshape(shape.get(0), shape.get(1), -1);
                NDArray rows = array(weights).expandDims(1);
                NDArray sums = rows.matMul(places)) {
            return of(sums.reshape(shape.get(0), shape.get(2), shape.get(3)));
        }
    }

    @Override
    public void close() {
        array.close();
    }

    private Value of(NDArray result) {
        return new ComputedValue(result, store, training);
    }

    private NDArray get(Parameter parameter) {
        return store.getValue(parameter, array.getDevice(), training);
    }

    private static NDArray array(Value value) {
        return ((ComputedValue) value).array;
    }
}
