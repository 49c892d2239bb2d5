package org.ctstream.model.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ctstream.model.weights.Tensor;

/**
 * A network written down for other engines: what is computed from what, in order, with the weights. Immutable.
 *
 * @param inputs what every run is given
 * @param nodes operations, each behind those whose results it takes
 * @param constants weights and other constant values by name; only those that some node takes
 * @param outputs what every run gives
 */
public record Graph(List<Port> inputs, List<Node> nodes, SortedMap<String, Tensor> constants, List<Port> outputs) {
    public Graph {
        inputs = List.copyOf(inputs);
        nodes = List.copyOf(nodes);
        outputs = List.copyOf(outputs);
        SortedMap<String, Tensor> used = new TreeMap<>(constants);
        Set<String> taken = new HashSet<>();
        nodes.forEach(node -> taken.addAll(node.inputs()));
        used.keySet().retainAll(taken);
        constants = Collections.unmodifiableSortedMap(used);
        requireComplete(inputs, nodes, constants, outputs);
    }

    /**
     * The same graph with other nodes.
     *
     * @param moreConstants constants that some of the nodes take and the graph does not have
     * @throws IllegalArgumentException if a node takes a value that is not there, or two make the same
     */
    public Graph with(List<Node> newNodes, Map<String, Tensor> moreConstants) {
        SortedMap<String, Tensor> all = new TreeMap<>(constants);
        all.putAll(moreConstants);
        return new Graph(inputs, newNodes, all, outputs);
    }

    /** The same graph giving, besides, some of the values it computes: for calibration. */
    public Graph withOutputs(List<Port> more) {
        List<Port> all = new ArrayList<>(outputs);
        all.addAll(more);
        return new Graph(inputs, nodes, constants, all);
    }

    /** The constant of this name. */
    public Optional<Tensor> constant(String name) {
        return Optional.ofNullable(constants.get(name));
    }

    /** The one node that takes a value; empty if there are none or several, or the graph gives the value out. */
    public Optional<Node> onlyConsumer(String value) {
        if (outputs.stream().anyMatch(port -> port.name().equals(value))) {
            return Optional.empty();
        }
        List<Node> consumers =
                nodes.stream().filter(node -> node.inputs().contains(value)).toList();
        return consumers.size() == 1 ? Optional.of(consumers.get(0)) : Optional.empty();
    }

    /** Every node by the value it makes. */
    public Map<String, Node> byOutput() {
        Map<String, Node> map = new HashMap<>();
        nodes.forEach(node -> map.put(node.output(), node));
        return map;
    }

    private static void requireComplete(
            List<Port> inputs, List<Node> nodes, SortedMap<String, Tensor> constants, List<Port> outputs) {
        Set<String> known = new HashSet<>(constants.keySet());
        inputs.forEach(port -> known.add(port.name()));
        for (Node node : nodes) {
            for (String input : node.inputs()) {
                if (!known.contains(input)) {
                    throw new IllegalArgumentException(node.operator() + " " + node.output() + " takes " + input
                            + ", which is not there before it");
                }
            }
            if (!known.add(node.output())) {
                throw new IllegalArgumentException("the graph has two values " + node.output());
            }
        }
        for (Port output : outputs) {
            if (!known.contains(output.name())) {
                throw new IllegalArgumentException("the graph gives out " + output.name() + ", which nothing makes");
            }
        }
    }
}
