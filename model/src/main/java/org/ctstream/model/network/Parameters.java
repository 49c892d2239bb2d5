package org.ctstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ctstream.model.weights.ElementType;
import org.ctstream.model.weights.Tensor;
import org.ctstream.model.weights.Weights;
import org.ctstream.model.weights.WeightsReport;

/** A block's parameters under the names torchvision gives them. */
public final class Parameters {
    /** DJL numbers children, "01conv0": two digits that are no part of the name. */
    private static final int CHILD_NUMBER = 2;

    private Parameters() {}

    /** Every parameter of the block and its children by dotted name, running statistics included. */
    public static SortedMap<String, Parameter> byName(Block block) {
        SortedMap<String, Parameter> parameters = new TreeMap<>();
        collect("", block, parameters);
        return parameters;
    }

    /** Shape of every parameter by name; the block is initialised. */
    public static SortedMap<String, List<Long>> shapes(Block block) {
        SortedMap<String, List<Long>> shapes = new TreeMap<>();
        byName(block).forEach((name, parameter) -> shapes.put(name, lengths(parameter)));
        return shapes;
    }

    /**
     * Copies weights into an initialised block, tensor by tensor, by name. Floating-point numbers of other types
     * are converted to float32.
     *
     * @param network name of the network, for messages
     * @return what matched and what was left out
     * @throws org.ctstream.model.weights.WeightsException.Mismatch if a parameter of the block has no tensor of its shape;
     *     nothing is copied then
     */
    public static WeightsReport load(Block block, String network, Weights weights) {
        WeightsReport report = WeightsReport.compare(shapes(block), weights);
        report.requireComplete(network);
        byName(block).forEach((name, parameter) -> copy(weights.tensor(name), parameter.getArray()));
        return report;
    }

    /**
     * Copies those weights into an initialised block that fit it by name and shape, and leaves its other parameters as
     * they are, for example the classifier when the classes are others than those of published weights.
     *
     * @return what matched, and what did not
     */
    public static WeightsReport loadMatching(Block block, Weights weights) {
        WeightsReport report = WeightsReport.compare(shapes(block), weights);
        SortedMap<String, Parameter> parameters = byName(block);
        for (String name : report.matched()) {
            copy(
                    weights.tensor(name),
                    Objects.requireNonNull(parameters.get(name)).getArray());
        }
        return report;
    }

    /** Copies an initialised block's float32 parameters out, without notes. */
    public static Weights save(Block block) {
        Map<String, Tensor> tensors = new HashMap<>();
        byName(block)
                .forEach((name, parameter) -> tensors.put(
                        name,
                        Tensor.ofFloats(lengths(parameter), parameter.getArray().toFloatArray())));
        return new Weights(Map.of(), tensors);
    }

    private static void copy(Tensor tensor, NDArray target) {
        ByteBuffer data = tensor.data();
        boolean asTheyAre = tensor.type() == ElementType.F32;
        int bytes =
                asTheyAre ? data.remaining() : data.remaining() / tensor.type().bytes() * Float.BYTES;
        // Engines take the elements in the machine's own order and, without a copy of their own, from direct memory.
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        direct.asFloatBuffer().put(asTheyAre ? data.asFloatBuffer() : FloatBuffer.wrap(tensor.toFloats()));
        NDManager manager = target.getManager();
        try (NDArray source = manager.create(direct, target.getShape(), DataType.FLOAT32)) {
            source.copyTo(target);
        }
    }

    private static void collect(String prefix, Block block, SortedMap<String, Parameter> parameters) {
        for (Pair<String, Parameter> own : block.getDirectParameters()) {
            parameters.put(prefix + own.getKey(), own.getValue());
        }
        for (Pair<String, Block> child : block.getChildren()) {
            collect(prefix + child.getKey().substring(CHILD_NUMBER) + ".", child.getValue(), parameters);
        }
    }

    private static List<Long> lengths(Parameter parameter) {
        return Arrays.stream(parameter.getShape().getShape()).boxed().toList();
    }
}
