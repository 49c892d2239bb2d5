package org.ctstream.model.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ctstream.model.weights.Tensor;

/**
 * Multiplies a batch normalisation into the convolution before it, wherever nothing else takes that convolution's result:
 * filter f becomes scale[f] times itself, its bias scale[f] times the old one plus shift[f].
 */
public final class FoldedNormalization implements Rewrite {
    private static final int WEIGHT = 1;
    private static final int BIAS = 2;

    @Override
    public Graph apply(Graph graph) {
        Map<String, Node> convolutions = new HashMap<>();
        Set<String> folded = new HashSet<>();
        Map<String, Tensor> constants = new HashMap<>();
        for (Node node : graph.nodes()) {
            if (!node.is("Conv")) {
                continue;
            }
            Optional<Node> normalization =
                    graph.onlyConsumer(node.output()).filter(consumer -> consumer.is("BatchNormalization"));
            if (normalization.isPresent()) {
                convolutions.put(node.output(), fold(graph, node, normalization.get(), constants));
                folded.add(normalization.get().output());
            }
        }
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (!folded.contains(node.output())) {
                nodes.add(convolutions.getOrDefault(node.output(), node));
            }
        }
        return graph.with(nodes, constants);
    }

    /** The convolution that does both; it makes what the normalisation made, under that name. */
    private static Node fold(Graph graph, Node convolution, Node normalization, Map<String, Tensor> constants) {
        Affine affine = Affine.of(graph, normalization);
        Tensor weight = graph.constant(convolution.input(WEIGHT)).orElseThrow();
        float[] kernels = weight.toFloats();
        int perFilter = kernels.length / affine.scale().length;
        for (int i = 0; i < kernels.length; i++) {
            kernels[i] *= affine.scale()[i / perFilter];
        }
        float[] bias = affine.shift().clone();
        if (convolution.inputs().size() > BIAS) {
            float[] before =
                    graph.constant(convolution.input(BIAS)).orElseThrow().toFloats();
            for (int i = 0; i < bias.length; i++) {
                bias[i] += before[i] * affine.scale()[i];
            }
        }
        String weightName = convolution.input(WEIGHT) + ".folded";
        String biasName = convolution.output() + ".bias.folded";
        constants.put(weightName, Tensor.ofFloats(weight.shape(), kernels));
        constants.put(biasName, Tensor.ofFloats(List.of((long) bias.length), bias));
        return convolution
                .withInputs(List.of(convolution.input(0), weightName, biasName))
                .withOutput(normalization.output());
    }
}
