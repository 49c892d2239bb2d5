package org.ctstream.model.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ctstream.model.weights.Tensor;

/**
 * Writes the batch normalisations that are left as a product and a sum per channel, whose numbers half precision holds: a
 * variance may be too small for it.
 */
public final class NormalizationAsProduct implements Rewrite {
    @Override
    public Graph apply(Graph graph) {
        List<Node> nodes = new ArrayList<>();
        Map<String, Tensor> constants = new HashMap<>();
        for (Node node : graph.nodes()) {
            if (node.is("BatchNormalization")) {
                write(graph, node, nodes, constants);
            } else {
                nodes.add(node);
            }
        }
        return graph.with(nodes, constants);
    }

    private static void write(Graph graph, Node normalization, List<Node> nodes, Map<String, Tensor> constants) {
        Affine affine = Affine.of(graph, normalization);
        List<Long> perChannel = List.of(1L, (long) affine.scale().length, 1L, 1L);
        String name = normalization.output();
        constants.put(name + ".scale", Tensor.ofFloats(perChannel, affine.scale()));
        constants.put(name + ".shift", Tensor.ofFloats(perChannel, affine.shift()));
        nodes.add(new Node("Mul", List.of(normalization.input(0), name + ".scale"), name + ".scaled"));
        nodes.add(new Node("Add", List.of(name + ".scaled", name + ".shift"), name));
    }
}
