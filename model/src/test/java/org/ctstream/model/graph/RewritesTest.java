package org.ctstream.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ctstream.model.weights.ElementType;
import org.ctstream.model.weights.Tensor;
import org.junit.jupiter.api.Test;

/** That the rewrites compute the same is tested with ONNX Runtime; here, when they apply and when they must not. */
class RewritesTest {
    private static final Map<String, Attribute> EPSILON = Map.of("epsilon", Attribute.of(0f));

    private final List<Node> nodes = new ArrayList<>();
    private final SortedMap<String, Tensor> constants = new TreeMap<>();

    @Test
    void normalizationIsMultipliedIntoTheConvolutionBeforeIt() {
        convolution("x", "c", 1, 1);
        normalization("c", "n");

        Graph folded = new FoldedNormalization().apply(graph("n"));

        Node only = folded.nodes().get(0);
        assertThat(folded.nodes()).hasSize(1);
        assertThat(only.output()).isEqualTo("n");
        // Weight 2, variance 4, mean 3, bias 5: scale 1, shift 2.
        assertThat(floats(folded, only.input(1))).containsExactly(new float[] {1}, within(1e-6f));
        assertThat(floats(folded, only.input(2))).containsExactly(new float[] {2}, within(1e-6f));
        assertThat(folded.constants()).doesNotContainKeys("c.weight", "n.running_var");
    }

    @Test
    void normalizationStaysIfTheConvolutionIsTakenElsewhereToo() {
        convolution("x", "c", 1, 1);
        normalization("c", "n");
        nodes.add(new Node("Add", List.of("c", "n"), "sum"));
        Graph graph = graph("sum");

        assertThat(new FoldedNormalization().apply(graph)).isEqualTo(graph);
        assertThat(new FoldedNormalization()
                        .apply(new Graph(
                                graph.inputs(), graph.nodes().subList(0, 2), constants, List.of(port("n"), port("c")))))
                .extracting(Graph::nodes)
                .isEqualTo(graph.nodes().subList(0, 2));
    }

    @Test
    void averageGoesBeforeA1x1ConvolutionOnly() {
        convolution("x", "one", 1, 1);
        average("one", "a");
        convolution("a", "three", 1, 3);
        average("three", "b");

        Graph rewritten = new PoolingFirst().apply(graph("b"));

        assertThat(rewritten.nodes().stream().map(Node::operator))
                .containsExactly("AveragePool", "Conv", "Conv", "AveragePool");
        assertThat(rewritten.nodes().get(1).output()).isEqualTo("a");
    }

    @Test
    void averageThatRoundsItsSizeUpStaysBehindTheConvolution() {
        convolution("x", "one", 1, 1);
        average("one", "a");
        Node pooling = nodes.remove(1);
        SortedMap<String, Attribute> attributes = new TreeMap<>(pooling.attributes());
        attributes.put("ceil_mode", Attribute.of(1L));
        nodes.add(new Node(pooling.operator(), pooling.inputs(), pooling.output(), attributes));
        Graph graph = graph("a");

        assertThat(new PoolingFirst().apply(graph)).isEqualTo(graph);
    }

    @Test
    void channelsStayThreeIfTheProductIsTakenElsewhereToo() {
        standardisation();
        convolution("images", "c", 3, 1);
        nodes.add(new Node("Sign", List.of("scaled"), "other"));
        Graph graph = new Graph(List.of(port("x")), nodes, constants, List.of(port("c"), port("other")));

        assertThat(new OneInputChannel().apply(graph)).isEqualTo(graph);
    }

    @Test
    void channelsStandardisedDifferentlyStayThree() {
        constants.put("scale", Tensor.ofFloats(List.of(1L, 3L, 1L, 1L), new float[] {1, 1, 2}));
        constants.put("shift", Tensor.ofFloats(List.of(1L, 3L, 1L, 1L), new float[] {1, 1, 1}));
        nodes.add(new Node("Mul", List.of("x", "scale"), "scaled"));
        nodes.add(new Node("Add", List.of("scaled", "shift"), "images"));
        convolution("images", "c", 3, 1);
        Graph graph = graph("c");

        assertThat(new OneInputChannel().apply(graph)).isEqualTo(graph);
    }

    @Test
    void equalChannelsBecomeOneWithTheKernelsSummed() {
        standardisation();
        convolution("images", "c", 3, 1);

        Graph rewritten = new OneInputChannel().apply(graph("c"));

        assertThat(floats(rewritten, rewritten.nodes().get(2).input(1))).containsExactly(3);
    }

    @Test
    void joinedChannelsAreReadInPiecesAndJoinedForOthers() {
        denseLayer(1, Map.of());
        nodes.add(new Node("Sign", List.of("both"), "other"));

        Graph rewritten = new SplitConcatenation()
                .apply(new Graph(List.of(port("x")), nodes, constants, List.of(port("p"), port("other"))));

        assertThat(rewritten.nodes().stream().map(Node::operator))
                .containsExactly(
                        "Conv", "Conv", "Conv", "Relu", "Conv", "Conv", "Relu", "Conv", "Add", "Concat", "Sign");
        assertThat(rewritten.byOutput().get("p")).extracting(Node::operator).isEqualTo("Add");
        assertThat(rewritten.constants()).doesNotContainKeys("d.scale", "p.weight");
    }

    @Test
    void joinAlongAnotherAxisAndANormalisationThatSkipsPlacesAreReadWhole() {
        denseLayer(2, Map.of());
        assertThat(new SplitConcatenation().apply(graph("p")).nodes()).isEqualTo(nodes);

        nodes.clear();
        denseLayer(1, Map.of("strides", Attribute.of(List.of(2L, 2L))));
        assertThat(new SplitConcatenation().apply(graph("p")).nodes().stream().map(Node::operator))
                .containsExactly("Conv", "Conv", "Concat", "Conv", "Relu", "Conv");
    }

    @Test
    void piecesAppendedToSomethingAreJoinedFirst() {
        convolution("x", "base", 1, 1);
        convolution("x", "grown", 1, 1);
        convolution("x", "more", 1, 1);
        nodes.add(new Node("Concat", List.of("base", "grown"), "both", Map.of("axis", Attribute.of(1L))));
        nodes.add(new Node("Concat", List.of("more", "both"), "all", Map.of("axis", Attribute.of(1L))));

        Graph rewritten = new SplitConcatenation().apply(graph("all"));

        assertThat(rewritten.nodes().stream().filter(node -> node.is("Concat")).map(Node::inputs))
                .containsExactly(List.of("base", "grown"), List.of("more", "both"));
    }

    @Test
    void weightBeyondHalfPrecisionIsRefusedNamingIt() {
        convolution("x", "c", 1, 1);
        constants.put("c.weight", Tensor.ofFloats(List.of(1L, 1L, 1L, 1L), new float[] {70_000}));

        assertThatThrownBy(() -> new HalfPrecision().apply(graph("c")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("c.weight", "half precision", "float32");
    }

    @Test
    void onlyFloatsAreHalved() {
        convolution("x", "c", 1, 1);
        constants.put("shape", new Tensor(ElementType.I64, List.of(1L), ByteBuffer.allocate(8)));
        nodes.add(new Node("Reshape", List.of("c", "shape"), "flat"));

        Graph half = new HalfPrecision().apply(graph("flat"));

        assertThat(half.constants().get("shape")).isNotNull();
        assertThat(half.constants().get("c.weight.half"))
                .extracting(Tensor::type)
                .isEqualTo(ElementType.F16);
        assertThat(half.nodes().get(half.nodes().size() - 1).operator()).isEqualTo("Cast");
    }

    @Test
    void graphThatTakesWhatIsNotThereIsRefused() {
        nodes.add(new Node("Relu", List.of("nothing"), "r"));

        assertThatThrownBy(() -> graph("r"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Relu r takes nothing");
    }

    private void convolution(String from, String to, int channels, int kernel) {
        constants.put(
                to + ".weight",
                Tensor.ofFloats(
                        List.of(1L, (long) channels, (long) kernel, (long) kernel), ones(channels * kernel * kernel)));
        nodes.add(new Node(
                "Conv",
                List.of(from, to + ".weight"),
                to,
                Map.of(
                        "kernel_shape", Attribute.of(Collections.nCopies(2, (long) kernel)),
                        "strides", Attribute.of(List.of(1L, 1L)),
                        "pads", Attribute.of(List.of(0L, 0L, 0L, 0L)))));
    }

    /** Three equal channels of x. */
    private void standardisation() {
        constants.put("scale", Tensor.ofFloats(List.of(1L, 3L, 1L, 1L), new float[] {2, 2, 2}));
        constants.put("shift", Tensor.ofFloats(List.of(1L, 3L, 1L, 1L), new float[] {1, 1, 1}));
        nodes.add(new Node("Mul", List.of("x", "scale"), "scaled"));
        nodes.add(new Node("Add", List.of("scaled", "shift"), "images"));
    }

    /** Two convolutions of x, joined, normalised and summed up to p. */
    private void denseLayer(long axis, Map<String, Attribute> ofNormalization) {
        convolution("x", "base", 1, 1);
        convolution("x", "grown", 1, 1);
        nodes.add(new Node("Concat", List.of("base", "grown"), "both", Map.of("axis", Attribute.of(axis))));
        constants.put("d.scale", Tensor.ofFloats(List.of(2L, 1L, 1L, 1L), new float[] {1, 2}));
        constants.put("d.shift", Tensor.ofFloats(List.of(2L), new float[] {3, 4}));
        SortedMap<String, Attribute> attributes = new TreeMap<>(ofNormalization);
        attributes.put("kernel_shape", Attribute.of(List.of(1L, 1L)));
        attributes.put("group", Attribute.of(2L));
        nodes.add(new Node("Conv", List.of("both", "d.scale", "d.shift"), "d", attributes));
        nodes.add(new Node("Relu", List.of("d"), "r"));
        convolution("r", "p", 2, 1);
    }

    private void normalization(String from, String to) {
        List<String> names = List.of(to + ".weight", to + ".bias", to + ".running_mean", to + ".running_var");
        float[] values = {2, 5, 3, 4};
        List<String> inputs = new ArrayList<>(List.of(from));
        for (int i = 0; i < values.length; i++) {
            constants.put(names.get(i), Tensor.ofFloats(List.of(1L), new float[] {values[i]}));
            inputs.add(names.get(i));
        }
        nodes.add(new Node("BatchNormalization", inputs, to, EPSILON));
    }

    private void average(String from, String to) {
        nodes.add(new Node(
                "AveragePool",
                List.of(from),
                to,
                Map.of(
                        "kernel_shape", Attribute.of(List.of(2L, 2L)),
                        "strides", Attribute.of(List.of(2L, 2L)),
                        "pads", Attribute.of(List.of(0L, 0L, 0L, 0L)))));
    }

    private Graph graph(String output) {
        return new Graph(List.of(port("x")), nodes, constants, List.of(port(output)));
    }

    private static Port port(String name) {
        return new Port(name, PortType.FLOAT32, List.of(Port.ANY, 1L, 8L, 8L));
    }

    private static float[] floats(Graph graph, String constant) {
        return graph.constant(constant).orElseThrow().toFloats();
    }

    private static float[] ones(int count) {
        float[] values = new float[count];
        Arrays.fill(values, 1);
        return values;
    }
}
