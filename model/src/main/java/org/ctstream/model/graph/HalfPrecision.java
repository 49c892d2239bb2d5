package org.ctstream.model.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ctstream.model.weights.ElementType;
import org.ctstream.model.weights.Tensor;

/**
 * Computes in half precision what lies between the slices and the outputs, which stay as they are: weights become F16,
 * the input is cast down behind its cast to float32, every output cast back.
 *
 * <p>It is for engines that have the arithmetic. A number beyond half precision's range is refused here; a result beyond
 * it becomes infinite there, and such a scan indeterminate.
 */
public final class HalfPrecision implements Rewrite {
    private static final Attribute TO_FLOAT = Attribute.of(1L);
    private static final Attribute TO_HALF = Attribute.of(10L);
    private static final String HALF = ".half";

    /** @throws IllegalArgumentException if a weight lies beyond half precision's range */
    @Override
    public Graph apply(Graph graph) {
        Map<String, Tensor> constants = new HashMap<>();
        Set<String> halved = new HashSet<>();
        graph.constants().forEach((name, tensor) -> {
            if (tensor.type() == ElementType.F32) {
                constants.put(name + HALF, tensor.halved(name));
                halved.add(name);
            }
        });
        Set<String> inputs = graph.inputs().stream().map(Port::name).collect(Collectors.toSet());
        Set<String> outputs = graph.outputs().stream().map(Port::name).collect(Collectors.toSet());
        List<Node> nodes = new ArrayList<>();
        for (Port input : graph.inputs()) {
            if (input.type() == PortType.FLOAT32) {
                nodes.add(cast(input.name(), input.name() + HALF, TO_HALF));
                halved.add(input.name());
            }
        }
        for (Node node : graph.nodes()) {
            if (node.is("Cast") && inputs.contains(node.input(0))) {
                nodes.add(cast(node.input(0), node.output(), TO_HALF));
                continue;
            }
            Node half = node.mapInputs(name -> halved.contains(name) ? name + HALF : name);
            if (!outputs.contains(node.output())) {
                nodes.add(half);
                continue;
            }
            String before = node.output() + HALF;
            nodes.add(half.withOutput(before));
            nodes.add(cast(before, node.output(), TO_FLOAT));
            halved.add(node.output());
        }
        return graph.with(nodes, constants);
    }

    private static Node cast(String from, String to, Attribute type) {
        return new Node("Cast", List.of(from), to, Map.of("to", type));
    }
}
