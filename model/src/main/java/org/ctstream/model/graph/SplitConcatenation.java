package org.ctstream.model.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ctstream.model.weights.Tensor;

/**
 * Joins the channels of a dense block in pieces instead of all of them anew for every layer.
 *
 * <p>A dense layer normalises all channels made so far, and a 1x1 convolution sums them up. Both may as well be done piece
 * by piece and the results added, so that only the newest piece still grows. Copying all channels for every layer is a
 * tenth of a DenseNet169's time on a processor, and adding costs next to nothing, because ONNX Runtime does it inside the
 * convolutions.
 *
 * <p>It knows normalisations as {@link NormalizationAsConvolution} writes them. What takes the joined channels in another
 * way gets them joined.
 */
public final class SplitConcatenation implements Rewrite {
    /** Beyond some joins a longer piece copies more than a further one costs; measured for DenseNet169. */
    private static final int JOINS_PER_PIECE = 8;

    @Override
    public Graph apply(Graph graph) {
        return new Pass(graph).rewritten();
    }

    /**
     * Channels that lie together.
     *
     * @param value the value that has them
     * @param channels how many they are
     * @param joins how many values were joined to make it; that of what a block begins with counts as full
     */
    private record Piece(String value, int channels, int joins) {}

    /** From joined channels to a sum of them: normalisation, ReLU, perhaps an average, 1x1 convolution. */
    private record Reader(Node normalization, Node relu, Optional<Node> average, Node convolution) {}

    private static final class Pass {
        private final Graph graph;
        private final Map<String, Node> byOutput;
        private final Map<String, List<Piece>> pieces = new HashMap<>();
        private final Map<String, Reader> readers = new HashMap<>();
        private final Set<String> inReader = new HashSet<>();
        private final Set<String> joined = new HashSet<>();
        private final List<Node> nodes = new ArrayList<>();
        private final Map<String, Tensor> constants = new HashMap<>();

        Pass(Graph graph) {
            this.graph = graph;
            this.byOutput = graph.byOutput();
        }

        Graph rewritten() {
            for (Node node : graph.nodes()) {
                if (isJoin(node)) {
                    join(node);
                } else if (readers.containsKey(node.output())) {
                    read(readers.get(node.output()));
                } else if (!inReader.contains(node.output()) && !beginsReader(node)) {
                    node.inputs().forEach(this::joinAll);
                    nodes.add(node);
                }
            }
            graph.outputs().forEach(output -> joinAll(output.name()));
            return graph.with(nodes, constants);
        }

        private boolean isJoin(Node node) {
            return node.is("Concat")
                    && node.inputs().size() == 2
                    && node.attributes().get("axis") instanceof Attribute.Whole axis
                    && axis.value() == 1
                    // What is appended must be a value that is there, not pieces of one.
                    && !pieces.containsKey(node.input(1))
                    && channels(node.input(0)) > 0
                    && channels(node.input(1)) > 0;
        }

        private void join(Node node) {
            String added = node.input(1);
            List<Piece> parts = new ArrayList<>(pieces.getOrDefault(
                    node.input(0), List.of(new Piece(node.input(0), channels(node.input(0)), JOINS_PER_PIECE))));
            Piece last = parts.get(parts.size() - 1);
            if (last.joins() < JOINS_PER_PIECE) {
                String value = node.output() + ".piece";
                nodes.add(node.withInputs(List.of(last.value(), added)).withOutput(value));
                parts.set(parts.size() - 1, new Piece(value, last.channels() + channels(added), last.joins() + 1));
            } else {
                parts.add(new Piece(added, channels(added), 1));
            }
            pieces.put(node.output(), parts);
        }

        /** Writes the joined value itself, once, for whoever cannot do with pieces. */
        private void joinAll(String value) {
            List<Piece> parts = pieces.get(value);
            if (parts != null && joined.add(value)) {
                nodes.add(new Node(
                        "Concat", parts.stream().map(Piece::value).toList(), value, Map.of("axis", Attribute.of(1L))));
            }
        }

        private boolean beginsReader(Node node) {
            if (!pieces.containsKey(node.inputs().isEmpty() ? "" : node.input(0)) || !isDepthwise(node)) {
                return false;
            }
            Optional<Reader> reader = reader(node);
            reader.ifPresent(found -> {
                readers.put(found.convolution().output(), found);
                inReader.add(found.relu().output());
                found.average().ifPresent(average -> inReader.add(average.output()));
            });
            return reader.isPresent();
        }

        private Optional<Reader> reader(Node normalization) {
            Optional<Node> relu = graph.onlyConsumer(normalization.output()).filter(node -> node.is("Relu"));
            Optional<Node> next = relu.flatMap(node -> graph.onlyConsumer(node.output()));
            Optional<Node> average = next.filter(node -> node.is("AveragePool"));
            Optional<Node> convolution =
                    average.isPresent() ? graph.onlyConsumer(average.get().output()) : next;
            return convolution
                    .filter(Pass::isPointwise)
                    .map(found -> new Reader(normalization, relu.orElseThrow(), average, found));
        }

        private void read(Reader reader) {
            List<Piece> parts = pieces.get(reader.normalization().input(0));
            if (parts == null) {
                throw new IllegalStateException(
                        "pieces of " + reader.normalization().input(0) + " are gone");
            }
            String sum = "";
            int first = 0;
            for (int i = 0; i < parts.size(); i++) {
                String part = readPiece(reader, parts.get(i), i, first);
                first += parts.get(i).channels();
                boolean last = i + 1 == parts.size();
                String total = last
                        ? reader.convolution().output()
                        : reader.convolution().output() + ".sum." + i;
                if (i > 0) {
                    nodes.add(new Node("Add", List.of(sum, part), total));
                }
                sum = i > 0 ? total : part;
            }
        }

        private String readPiece(Reader reader, Piece piece, int index, int firstChannel) {
            Node normalization = reader.normalization();
            Node convolution = reader.convolution();
            String suffix = ".part." + index;
            String normalized = normalization.output() + suffix;
            nodes.add(new Node(
                    "Conv",
                    List.of(
                            piece.value(),
                            rows(normalization.input(1), firstChannel, piece.channels()),
                            rows(normalization.input(2), firstChannel, piece.channels())),
                    normalized,
                    Map.of(
                            "kernel_shape", Attribute.of(List.of(1L, 1L)),
                            "group", Attribute.of((long) piece.channels()))));
            String current = normalized + ".relu";
            nodes.add(new Node("Relu", List.of(normalized), current));
            if (reader.average().isPresent()) {
                Node average = reader.average().get();
                nodes.add(average.withInputs(List.of(current)).withOutput(average.output() + suffix));
                current = average.output() + suffix;
            }
            List<String> inputs =
                    new ArrayList<>(List.of(current, columns(convolution.input(1), firstChannel, piece.channels())));
            if (index == 0) {
                // The bias counts once.
                inputs.addAll(
                        convolution.inputs().subList(2, convolution.inputs().size()));
            }
            nodes.add(convolution.withInputs(inputs).withOutput(convolution.output() + suffix));
            return convolution.output() + suffix;
        }

        /** Part of a constant along its first axis. */
        private String rows(String constant, int first, int count) {
            Tensor tensor = graph.constant(constant).orElseThrow();
            float[] values = tensor.toFloats();
            List<Long> shape = new ArrayList<>(tensor.shape());
            shape.set(0, (long) count);
            return add(constant, first, Tensor.ofFloats(shape, Arrays.copyOfRange(values, first, first + count)));
        }

        /** Part of 1x1 kernels along their second axis, the channels. */
        private String columns(String constant, int first, int count) {
            Tensor tensor = graph.constant(constant).orElseThrow();
            float[] values = tensor.toFloats();
            int filters = Math.toIntExact(tensor.shape().get(0));
            int channels = values.length / filters;
            float[] part = new float[filters * count];
            for (int filter = 0; filter < filters; filter++) {
                System.arraycopy(values, filter * channels + first, part, filter * count, count);
            }
            return add(constant, first, Tensor.ofFloats(List.of((long) filters, (long) count, 1L, 1L), part));
        }

        private String add(String constant, int first, Tensor part) {
            String name = constant + ".from." + first;
            constants.put(name, part);
            return name;
        }

        /** Channels of a value; 0 if that is not known. */
        private int channels(String value) {
            List<Piece> parts = pieces.get(value);
            if (parts != null) {
                return parts.stream().mapToInt(Piece::channels).sum();
            }
            Node node = byOutput.get(value);
            if (node == null) {
                return 0;
            }
            return switch (node.operator()) {
                case "Conv" ->
                    graph.constant(node.input(1))
                            .map(weight -> Math.toIntExact(weight.shape().get(0)))
                            .orElse(0);
                case "Relu", "MaxPool", "AveragePool" -> channels(node.input(0));
                default -> 0;
            };
        }

        private boolean isDepthwise(Node node) {
            return node.is("Conv")
                    && node.inputs().size() == 3
                    && node.attributes().get("group") instanceof Attribute.Whole group
                    && group.value() == channels(node.input(0))
                    && isOneByOne(node)
                    // The pieces are normalised without either.
                    && isPlain(node);
        }

        private static boolean isPointwise(Node node) {
            return node.is("Conv") && node.attributes().get("group") == null && isOneByOne(node);
        }

        private static boolean isOneByOne(Node node) {
            return node.attributes().get("kernel_shape") instanceof Attribute.Wholes kernel
                    && kernel.values().equals(List.of(1L, 1L));
        }

        private static boolean isPlain(Node node) {
            return isAll(node, "strides", 1)
                    && isAll(node, "pads", 0)
                    && !node.attributes().containsKey("auto_pad");
        }

        private static boolean isAll(Node node, String attribute, long value) {
            Attribute found = node.attributes().get(attribute);
            return found == null
                    || (found instanceof Attribute.Wholes wholes
                            && wholes.values().stream().allMatch(each -> each == value));
        }
    }
}
