package org.ctstream.model.network;

import ai.djl.nn.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ctstream.model.graph.Attribute;
import org.ctstream.model.weights.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A value that another engine will compute.
 *
 * @param recording where its operation stands
 * @param name its name there
 * @param shape lengths of its axes behind the first, which counts the slices
 */
record RecordedValue(Recording recording, String name, List<Long> shape) implements Value {
    private static final int CHANNELS = 0;
    private static final int ROWS = 1;
    private static final int COLUMNS = 2;

    RecordedValue {
        shape = List.copyOf(shape);
    }

    @Override
    public Value convolved(Parameter weight, @Nullable Parameter bias, int stride, int padding) {
        List<Long> kernel = lengths(weight);
        long side = kernel.get(2);
        String weights = recording.parameter(weight);
        return made(
                "Conv",
                owner(weights),
                bias == null ? List.of(name, weights) : List.of(name, weights, recording.parameter(bias)),
                window(side, stride, padding),
                List.of(kernel.get(0), strided(ROWS, side, stride, padding), strided(COLUMNS, side, stride, padding)));
    }

    @Override
    public Value normalized(Parameter weight, Parameter bias, Parameter mean, Parameter variance, boolean frozen) {
        String weights = recording.parameter(weight);
        return made(
                "BatchNormalization",
                owner(weights),
                List.of(
                        name,
                        weights,
                        recording.parameter(bias),
                        recording.parameter(mean),
                        recording.parameter(variance)),
                Map.of("epsilon", Attribute.of(BatchNormalization.EPSILON)),
                shape);
    }

    @Override
    public Value relu() {
        return made("Relu", name + ".relu", List.of(name), Map.of(), shape);
    }

    @Override
    public Value plusInPlace(Value other) {
        return made("Add", name + ".sum", List.of(name, name(other)), Map.of(), shape);
    }

    @Override
    public Value joined(Value other) {
        long channels = shape.get(CHANNELS) + ((RecordedValue) other).shape.get(CHANNELS);
        return made(
                "Concat",
                name(other) + ".joined",
                List.of(name, name(other)),
                Map.of("axis", Attribute.of(1L)),
                List.of(channels, shape.get(ROWS), shape.get(COLUMNS)));
    }

    @Override
    public Value maxPooled(int kernel, int stride, int padding) {
        return made(
                "MaxPool",
                name + ".pool",
                List.of(name),
                window(kernel, stride, padding),
                pooled(kernel, stride, padding));
    }

    @Override
    public Value halved() {
        return made("AveragePool", name + ".pool", List.of(name), window(2, 2, 0), pooled(2, 2, 0));
    }

    @Override
    public Value averaged() {
        RecordedValue means = made(
                "GlobalAveragePool", name + ".mean", List.of(name), Map.of(), List.of(shape.get(CHANNELS), 1L, 1L));
        return means.flattened();
    }

    /** @throws IllegalArgumentException if the regions would differ in size, which ONNX has no operation for */
    @Override
    public Value averagedTo(int side) {
        long rows = shape.get(ROWS);
        long columns = shape.get(COLUMNS);
        if (rows != columns || rows % side != 0) {
            throw new IllegalArgumentException(
                    "a map of " + rows + " x " + columns + " cannot be averaged to " + side + " x " + side
                            + " regions of one size: the network cannot be written down for slices of this size");
        }
        if (rows == side) {
            return flattened();
        }
        long region = rows / side;
        RecordedValue means = made(
                "AveragePool",
                name + ".mean",
                List.of(name),
                window(region, Math.toIntExact(region), 0),
                List.of(shape.get(CHANNELS), (long) side, (long) side));
        return means.flattened();
    }

    @Override
    public Value linear(Parameter weight, Parameter bias) {
        String weights = recording.parameter(weight);
        return made(
                "Gemm",
                owner(weights),
                List.of(name, weights, recording.parameter(bias)),
                Map.of("transB", Attribute.of(1L)),
                List.of(lengths(weight).get(0)));
    }

    @Override
    public Value dropped(double probability) {
        return this;
    }

    @Override
    public Value withUnitRows(double leastNorm) {
        String norms = recording.add(
                "ReduceL2",
                name + ".norm",
                List.of(name),
                Map.of("axes", Attribute.of(List.of(1L)), "keepdims", Attribute.of(1L)));
        String least =
                recording.constant(name + ".least", Tensor.ofFloats(List.of(1L), new float[] {(float) leastNorm}));
        String divisors = recording.add("Max", name + ".divisor", List.of(norms, least), Map.of());
        return made("Div", name + ".unit", List.of(name, divisors), Map.of(), shape);
    }

    @Override
    public Value constant(float[] values, long... lengths) {
        List<Long> all = Arrays.stream(lengths).boxed().toList();
        String constant = recording.constant("constant", Tensor.ofFloats(all, values));
        return new RecordedValue(recording, constant, all.subList(1, all.size()));
    }

    @Override
    public Value backThrough(Parameter weight) {
        String weights = recording.parameter(weight);
        return made(
                "MatMul",
                owner(weights) + ".gradient",
                List.of(name, weights),
                Map.of(),
                List.of(lengths(weight).get(1)));
    }

    @Override
    public Value sign() {
        return made("Sign", name + ".sign", List.of(name), Map.of(), shape);
    }

    @Override
    public Value times(Value other) {
        return made("Mul", name + ".product", List.of(name, name(other)), Map.of(), broadcast(other));
    }

    @Override
    public Value minus(Value other) {
        return made("Sub", name + ".difference", List.of(name, name(other)), Map.of(), broadcast(other));
    }

    @Override
    public Value rowSums() {
        return made(
                "ReduceSum",
                name + ".sum",
                List.of(name, recording.whole(name + ".axes", 1)),
                Map.of("keepdims", Attribute.of(1L)),
                List.of(1L));
    }

    @Override
    public Value channelSum(Value weights) {
        long channels = shape.get(CHANNELS);
        String places = recording.add(
                "Reshape",
                name + ".places",
                List.of(name, recording.whole(name + ".places.shape", 0, channels, -1)),
                Map.of());
        String rows = recording.add(
                "Reshape",
                name + ".weights",
                List.of(name(weights), recording.whole(name + ".weights.shape", -1, 1, channels)),
                Map.of());
        String sums = recording.add("MatMul", name + ".sums", List.of(rows, places), Map.of());
        return made(
                "Reshape",
                name + ".map",
                List.of(sums, recording.whole(name + ".map.shape", -1, shape.get(ROWS), shape.get(COLUMNS))),
                Map.of(),
                shape.subList(ROWS, shape.size()));
    }

    /** Nothing is held. */
    @Override
    public void close() {}

    private RecordedValue flattened() {
        long length = shape.stream().reduce(1L, Math::multiplyExact);
        return made("Flatten", name + ".flat", List.of(name), Map.of("axis", Attribute.of(1L)), List.of(length));
    }

    private RecordedValue made(
            String operator,
            String wantedName,
            List<String> inputs,
            Map<String, Attribute> attributes,
            List<Long> resultShape) {
        return new RecordedValue(recording, recording.add(operator, wantedName, inputs, attributes), resultShape);
    }

    private static Map<String, Attribute> window(long kernel, int stride, int padding) {
        long strides = stride;
        long pads = padding;
        return Map.of(
                "kernel_shape", Attribute.of(List.of(kernel, kernel)),
                "strides", Attribute.of(List.of(strides, strides)),
                "pads", Attribute.of(List.of(pads, pads, pads, pads)));
    }

    private List<Long> pooled(int kernel, int stride, int padding) {
        return List.of(
                shape.get(CHANNELS), strided(ROWS, kernel, stride, padding), strided(COLUMNS, kernel, stride, padding));
    }

    private long strided(int axis, long kernel, int stride, int padding) {
        return (shape.get(axis) + 2L * padding - kernel) / stride + 1;
    }

    private List<Long> broadcast(Value other) {
        List<Long> others = ((RecordedValue) other).shape;
        return others.equals(List.of(1L)) ? shape : others;
    }

    private static String name(Value value) {
        return ((RecordedValue) value).name;
    }

    /** What has the parameter: its name without the last part. */
    private static String owner(String parameter) {
        return parameter.substring(0, parameter.lastIndexOf('.'));
    }

    private static List<Long> lengths(Parameter parameter) {
        return Arrays.stream(parameter.getShape().getShape()).boxed().toList();
    }
}
