package org.ctstream.model.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ctstream.model.weights.Tensor;

/**
 * Gives the first convolution one channel instead of three equal ones: where grey slices are standardised with the same
 * mean and deviation for every channel, its kernels summed over the channels give the same result.
 *
 * <p>The standardisation is a product and a sum, each with one number per channel, before the convolution.
 */
public final class OneInputChannel implements Rewrite {
    private static final int WEIGHT = 1;

    @Override
    public Graph apply(Graph graph) {
        for (Node shift : graph.nodes()) {
            if (!shift.is("Add") || !isOneNumber(graph, shift)) {
                continue;
            }
            Node scale = graph.byOutput().get(shift.input(0));
            Node convolution = graph.onlyConsumer(shift.output())
                    .filter(node -> node.is("Conv"))
                    .orElse(null);
            if (scale != null
                    && scale.is("Mul")
                    && isOneNumber(graph, scale)
                    // Whoever else takes the product wants all its channels.
                    && graph.onlyConsumer(scale.output()).isPresent()
                    && convolution != null) {
                return rewritten(graph, scale, shift, convolution);
            }
        }
        return graph;
    }

    private static Graph rewritten(Graph graph, Node scale, Node shift, Node convolution) {
        Map<String, Tensor> constants = new HashMap<>();
        Map<Node, Node> replaced = Map.of(
                scale, withFirstChannel(graph, scale, constants),
                shift, withFirstChannel(graph, shift, constants),
                convolution, withSummedKernels(graph, convolution, constants));
        List<Node> nodes = new ArrayList<>();
        graph.nodes().forEach(node -> nodes.add(replaced.getOrDefault(node, node)));
        return graph.with(nodes, constants);
    }

    private static Node withFirstChannel(Graph graph, Node node, Map<String, Tensor> constants) {
        String name = node.input(1) + ".grey";
        float[] values = graph.constant(node.input(1)).orElseThrow().toFloats();
        constants.put(name, Tensor.ofFloats(List.of(1L, 1L, 1L, 1L), new float[] {values[0]}));
        return node.withInputs(List.of(node.input(0), name));
    }

    private static Node withSummedKernels(Graph graph, Node convolution, Map<String, Tensor> constants) {
        Tensor weight = graph.constant(convolution.input(WEIGHT)).orElseThrow();
        int filters = Math.toIntExact(weight.shape().get(0));
        int channels = Math.toIntExact(weight.shape().get(1));
        float[] kernels = weight.toFloats();
        int size = kernels.length / filters / channels;
        float[] sums = new float[filters * size];
        for (int filter = 0; filter < filters; filter++) {
            for (int place = 0; place < size; place++) {
                double sum = 0;
                for (int channel = 0; channel < channels; channel++) {
                    sum += kernels[(filter * channels + channel) * size + place];
                }
                sums[filter * size + place] = (float) sum;
            }
        }
        String name = convolution.input(WEIGHT) + ".grey";
        List<Long> shape = new ArrayList<>(weight.shape());
        shape.set(1, 1L);
        constants.put(name, Tensor.ofFloats(shape, sums));
        List<String> inputs = new ArrayList<>(convolution.inputs());
        inputs.set(WEIGHT, name);
        return convolution.withInputs(inputs);
    }

    /** Whether the second operand has the same number for each of several channels. */
    private static boolean isOneNumber(Graph graph, Node node) {
        return graph.constant(node.input(1))
                .filter(tensor -> tensor.shape().size() == 4 && tensor.shape().get(1) > 1)
                .map(Tensor::toFloats)
                .filter(OneInputChannel::isConstant)
                .isPresent();
    }

    private static boolean isConstant(float[] values) {
        for (float value : values) {
            if (value != values[0]) {
                return false;
            }
        }
        return true;
    }
}
