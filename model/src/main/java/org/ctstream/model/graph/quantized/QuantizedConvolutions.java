package org.ctstream.model.graph.quantized;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ctstream.model.graph.Attribute;
import org.ctstream.model.graph.Graph;
import org.ctstream.model.graph.Node;
import org.ctstream.model.graph.Rewrite;
import org.ctstream.model.weights.ElementType;
import org.ctstream.model.weights.Tensor;

/**
 * Writes pairs of QuantizeLinear and DequantizeLinear round the convolutions, which engines join with them to convolutions
 * of integers; engines that do not still compute the same, rounded alike.
 *
 * <p>This is the one rewrite that changes what a network says. It belongs to INT8 releases, whose ranges it takes.
 *
 * @see "Jacob et al., Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference, CVPR
 *     2018"
 */
public final class QuantizedConvolutions implements Rewrite {
    private static final int BIAS = 2;

    private final Ranges ranges;
    private final Scheme scheme;

    public QuantizedConvolutions(Ranges ranges, Scheme scheme) {
        this.ranges = ranges;
        this.scheme = scheme;
    }

    /** @throws IllegalArgumentException if the graph has a convolution whose values have no range */
    @Override
    public Graph apply(Graph graph) {
        return new Work(graph).rewritten();
    }

    private final class Work {
        private final Graph graph;
        private final Map<Node, QuantizedPlace> places = new HashMap<>();
        private final Set<String> quantized = new HashSet<>();
        private final Map<String, Step> steps = new HashMap<>();
        private final List<Node> nodes = new ArrayList<>();
        private final Map<String, Tensor> constants = new HashMap<>();

        Work(Graph graph) {
            this.graph = graph;
            for (QuantizedPlace place : QuantizedPlace.of(graph)) {
                places.put(place.convolution(), place);
                quantized.add(place.input());
                if (scheme == Scheme.ASYMMETRIC) {
                    // Without it ONNX Runtime would not take the convolution for one of integers. TensorRT needs none.
                    quantized.add(place.output());
                }
            }
        }

        Graph rewritten() {
            graph.inputs().forEach(port -> addPairBehind(port.name()));
            for (Node node : graph.nodes()) {
                QuantizedPlace place = places.get(node);
                nodes.add((place == null ? node : convolution(place)).mapInputs(this::read));
                addPairBehind(node.output());
            }
            return graph.with(nodes, constants);
        }

        /** What takes a quantized value takes it rounded, all of them, or the float one had to be made, too. */
        private String read(String value) {
            return steps.containsKey(value) ? dequantized(value) : value;
        }

        private void addPairBehind(String value) {
            if (!quantized.contains(value)) {
                return;
            }
            ChannelRange range = ranges.byValue().get(value);
            if (range == null) {
                throw new IllegalArgumentException("the INT8 release has no calibrated range for " + value
                        + ": it was made for another version of the network; quantize the float release again");
            }
            Step step = Step.of(range, scheme);
            String scale = constant(value + ".scale", Tensor.ofFloats(List.of(), new float[] {step.scale()}));
            String zero = constant(
                    value + ".zero",
                    new Tensor(
                            scheme.activations(),
                            List.of(),
                            ByteBuffer.allocate(1).put(0, (byte) step.zeroPoint())));
            nodes.add(new Node("QuantizeLinear", List.of(value, scale, zero), value + ".quantized"));
            nodes.add(new Node("DequantizeLinear", List.of(value + ".quantized", scale, zero), dequantized(value)));
            steps.put(value, step);
        }

        private Node convolution(QuantizedPlace place) {
            Tensor weight = graph.constant(place.weight()).orElseThrow();
            Node node = place.convolution();
            boolean hasBias = node.inputs().size() > BIAS;
            float[] bias = hasBias
                    ? graph.constant(node.input(BIAS)).orElseThrow().toFloats()
                    : new float[place.outputChannels()];
            QuantizedWeights integers =
                    QuantizedWeights.of(weight, bias, step(place.input()).scale(), scheme.largestWeight());
            List<String> inputs = new ArrayList<>(node.inputs());
            inputs.set(1, weights(place, integers));
            if (hasBias && scheme == Scheme.ASYMMETRIC) {
                inputs.set(BIAS, bias(place, integers));
            }
            return node.withInputs(inputs);
        }

        private Step step(String value) {
            Step step = steps.get(value);
            if (step == null) {
                throw new IllegalStateException(value + " is taken before it is made");
            }
            return step;
        }

        private String weights(QuantizedPlace place, QuantizedWeights integers) {
            String name = place.weight();
            String scales = constant(name + ".scale", integers.scales());
            String zeros = zeros(name + ".zero", ElementType.I8, place.outputChannels());
            String rounded = name + ".quantized";
            if (scheme == Scheme.ASYMMETRIC) {
                constant(rounded, integers.weights());
            } else {
                // TensorRT's parser takes float weights through a pair of their own, as its own tools write them.
                nodes.add(new Node("QuantizeLinear", List.of(name, scales, zeros), rounded, perFilter()));
            }
            nodes.add(new Node("DequantizeLinear", List.of(rounded, scales, zeros), dequantized(name), perFilter()));
            return dequantized(name);
        }

        private String bias(QuantizedPlace place, QuantizedWeights integers) {
            String name = place.convolution().output() + ".bias";
            String rounded = constant(name + ".quantized", integers.bias());
            String scales = constant(name + ".scale", integers.biasScales());
            String zeros = zeros(name + ".zero", ElementType.I32, place.outputChannels());
            nodes.add(new Node("DequantizeLinear", List.of(rounded, scales, zeros), dequantized(name), perFilter()));
            return dequantized(name);
        }

        private String zeros(String name, ElementType type, int length) {
            return constant(name, new Tensor(type, List.of((long) length), ByteBuffer.allocate(length * type.bytes())));
        }

        private String constant(String name, Tensor value) {
            constants.put(name, value);
            return name;
        }
    }

    private static Map<String, Attribute> perFilter() {
        return Map.of("axis", Attribute.of(0L));
    }

    private static String dequantized(String value) {
        return value + ".dequantized";
    }
}
