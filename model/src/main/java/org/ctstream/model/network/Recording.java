package org.ctstream.model.network;

import ai.djl.nn.Parameter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ctstream.model.graph.Attribute;
import org.ctstream.model.graph.Graph;
import org.ctstream.model.graph.Node;
import org.ctstream.model.graph.Port;
import org.ctstream.model.graph.PortType;
import org.ctstream.model.weights.ElementType;
import org.ctstream.model.weights.Tensor;
import org.ctstream.model.weights.Weights;
import org.ctstream.model.weights.WeightsReport;

/**
 * Writes a network down as a graph while it runs on {@link RecordedValue}s. Nothing native is loaded for it.
 *
 * <p>A value is named after the parameters it is computed with, {@code features.conv0}, or after the value it comes from,
 * {@code features.norm0.relu}, so that names stay the same as long as the network does.
 */
public final class Recording {
    /** Name of the input: grey slices (N, H, W). */
    public static final String SLICES = "slices";
    /** Name of the output (N, classes). */
    public static final String LOGITS = "logits";
    /** Name of the output (N, rows, columns) that a network with a map has. */
    public static final String EVIDENCE = "evidence";
    /** Name of the output (N, features) that a network with a map has besides: the input of its last linear layer. */
    public static final String EMBEDDING = "embedding";
    /** Name of the standardised images (N, 3, H, W), the input of the network proper. */
    public static final String IMAGES = "images";

    private static final float WHITE = 255;
    /** ONNX's number of the type float32. */
    private static final long ONNX_FLOAT = 1;

    private final IdentityHashMap<Parameter, String> names = new IdentityHashMap<>();
    private final Weights weights;
    private final List<Node> nodes = new ArrayList<>();
    private final SortedMap<String, Tensor> constants = new TreeMap<>();
    private final Set<String> taken = new HashSet<>(Set.of(SLICES, LOGITS, EVIDENCE, EMBEDDING));

    private Recording(StagedNetwork network, Weights weights) {
        this.weights = weights;
        Parameters.byName(network).forEach((name, parameter) -> names.put(parameter, name));
    }

    /**
     * The graph of a network with its weights: {@value #SLICES} to {@value #LOGITS} and, if the network has a map,
     * {@value #EVIDENCE}; all float32 inside.
     *
     * @param embedding whether a network with a map gives {@value #EMBEDDING} too
     * @throws org.ctstream.model.weights.WeightsException.Mismatch if a parameter has no tensor of its shape
     * @throws IllegalArgumentException if the network cannot be written down for slices of this size
     */
    public static Graph of(StagedNetwork network, Weights weights, SliceInput input, boolean embedding) {
        WeightsReport.compare(Parameters.shapes(network), weights).requireComplete(network.architecture());
        return new Recording(network, weights).record(network, input, embedding);
    }

    private Graph record(StagedNetwork network, SliceInput input, boolean withEmbedding) {
        ActivationMap.Result result = ActivationMap.run(network, images(input));
        List<Port> outputs = new ArrayList<>();
        outputs.add(output(result.logits(), LOGITS, input.batch()));
        Value evidence = result.evidence();
        if (evidence != null) {
            outputs.add(output(evidence, EVIDENCE, input.batch()));
        }
        Value embedding = result.embedding();
        if (withEmbedding && embedding != null) {
            outputs.add(output(embedding, EMBEDDING, input.batch()));
        }
        Port slices =
                new Port(SLICES, input.type(), List.of(input.batch(), (long) input.height(), (long) input.width()));
        return new Graph(List.of(slices), nodes, constants, outputs);
    }

    /** (x/255 - mean)/std as one product and one sum per channel. */
    private Value images(SliceInput input) {
        String grey = SLICES;
        if (input.type() != PortType.FLOAT32) {
            grey = add("Cast", SLICES + ".float", List.of(SLICES), Map.of("to", Attribute.of(ONNX_FLOAT)));
        }
        String plane = add(
                "Reshape",
                SLICES + ".plane",
                List.of(grey, whole("plane.shape", -1, 1, input.height(), input.width())),
                Map.of());
        int channels = input.mean().size();
        float[] scale = new float[channels];
        float[] shift = new float[channels];
        for (int i = 0; i < channels; i++) {
            double deviation = input.standardDeviation().get(i);
            scale[i] = (float) (1 / (WHITE * deviation));
            shift[i] = (float) (-input.mean().get(i) / deviation);
        }
        List<Long> perChannel = List.of(1L, (long) channels, 1L, 1L);
        String scaled = add(
                "Mul",
                IMAGES + ".scaled",
                List.of(plane, constant(IMAGES + ".scale", Tensor.ofFloats(perChannel, scale))),
                Map.of());
        String images = add(
                "Add",
                IMAGES,
                List.of(scaled, constant(IMAGES + ".shift", Tensor.ofFloats(perChannel, shift))),
                Map.of());
        return new RecordedValue(this, images, List.of((long) channels, (long) input.height(), (long) input.width()));
    }

    private Port output(Value value, String name, long batch) {
        RecordedValue recorded = (RecordedValue) value;
        nodes.replaceAll(node -> renamed(node, recorded.name(), name));
        List<Long> shape = new ArrayList<>(List.of(batch));
        shape.addAll(recorded.shape());
        return new Port(name, PortType.FLOAT32, shape);
    }

    /** An output may be computed with, too. */
    private static Node renamed(Node node, String from, String to) {
        Node taking = node.inputs().contains(from) ? node.mapInputs(input -> input.equals(from) ? to : input) : node;
        return node.output().equals(from) ? taking.withOutput(to) : taking;
    }

    /** Adds an operation; returns the name its result really gets. */
    String add(String operator, String wantedName, List<String> inputs, Map<String, Attribute> attributes) {
        String name = free(wantedName);
        nodes.add(new Node(operator, inputs, name, attributes));
        return name;
    }

    /** Adds a constant under its name, or one like it. */
    String constant(String wantedName, Tensor value) {
        String name = free(wantedName);
        constants.put(name, value);
        return name;
    }

    /** Adds integers, for example a shape. */
    String whole(String wantedName, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return constant(wantedName, new Tensor(ElementType.I64, List.of((long) values.length), bytes));
    }

    /** The name of a parameter, whose weights are among the constants from now on. */
    String parameter(Parameter parameter) {
        String name = names.get(parameter);
        if (name == null) {
            throw new IllegalStateException("the network runs with a parameter that is not its own: " + parameter);
        }
        constants.computeIfAbsent(name, key -> {
            Tensor tensor = weights.tensor(key);
            return tensor.type() == ElementType.F32 ? tensor : Tensor.ofFloats(tensor.shape(), tensor.toFloats());
        });
        return name;
    }

    private String free(String wanted) {
        String name = wanted;
        for (int i = 2; !taken.add(name); i++) {
            name = wanted + "." + i;
        }
        return name;
    }
}
