package org.ctstream.model.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes the average before a 1x1 convolution instead of behind it, where the convolution's result is only averaged: both
 * are linear, so the result is the same, and the convolution has a quarter of the work.
 */
public final class PoolingFirst implements Rewrite {
    @Override
    public Graph apply(Graph graph) {
        Map<String, Node> poolings = new HashMap<>();
        for (Node node : graph.nodes()) {
            if (isPointwise(node)) {
                pooling(graph, node).ifPresent(pooling -> poolings.put(node.output(), pooling));
            }
        }
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes()) {
            Node pooling = poolings.get(node.output());
            if (pooling != null) {
                String pooled = node.input(0) + ".pooled." + node.output();
                List<String> inputs = new ArrayList<>(node.inputs());
                inputs.set(0, pooled);
                nodes.add(pooling.withInputs(List.of(node.input(0))).withOutput(pooled));
                nodes.add(node.withInputs(inputs).withOutput(pooling.output()));
            } else if (!poolings.containsValue(node)) {
                nodes.add(node);
            }
        }
        return graph.with(nodes, Map.of());
    }

    private static Optional<Node> pooling(Graph graph, Node convolution) {
        // With a border, which rounding the size up makes too, the convolution's bias might be averaged with zeros.
        return graph.onlyConsumer(convolution.output())
                .filter(consumer -> consumer.is("AveragePool")
                        && isAll(consumer, "pads", 0)
                        && !consumer.attributes().containsKey("auto_pad")
                        && !roundsUp(consumer));
    }

    private static boolean isPointwise(Node node) {
        return node.is("Conv") && isAll(node, "kernel_shape", 1) && isAll(node, "strides", 1) && isAll(node, "pads", 0);
    }

    private static boolean roundsUp(Node pooling) {
        return pooling.attributes().get("ceil_mode") instanceof Attribute.Whole mode && mode.value() != 0;
    }

    private static boolean isAll(Node node, String attribute, long value) {
        return node.attributes().get(attribute) instanceof Attribute.Wholes wholes
                && wholes.values().stream().allMatch(each -> each == value);
    }
}
