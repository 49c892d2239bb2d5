package org.ctstream.model.graph.quantized;

import java.util.ArrayList;
import java.util.List;
import org.ctstream.model.graph.Attribute;
import org.ctstream.model.graph.Graph;
import org.ctstream.model.graph.Node;

/**
 * A convolution that computes in integers: all but the first, whose input has one to three channels and which costs next to
 * nothing, and but those of single channels. What lies between convolutions stays in floats.
 *
 * @param convolution its node
 * @param input the value it takes
 * @param output the value it makes; that of the ReLU behind it if nothing else takes its result
 * @param weight name of its weights
 * @param inputChannels channels of the input
 * @param outputChannels channels of the output
 */
public record QuantizedPlace(
        Node convolution, String input, String output, String weight, int inputChannels, int outputChannels) {
    private static final int WEIGHT = 1;

    /** The places of a graph in order. */
    public static List<QuantizedPlace> of(Graph graph) {
        List<QuantizedPlace> places = new ArrayList<>();
        boolean first = true;
        for (Node node : graph.nodes()) {
            if (!node.is("Conv")) {
                continue;
            }
            if (!first && isWhole(node) && graph.constant(node.input(WEIGHT)).isPresent()) {
                places.add(place(graph, node));
            }
            first = false;
        }
        return places;
    }

    private static QuantizedPlace place(Graph graph, Node node) {
        List<Long> shape = graph.constant(node.input(WEIGHT)).orElseThrow().shape();
        String output = graph.onlyConsumer(node.output())
                .filter(consumer -> consumer.is("Relu"))
                .map(Node::output)
                .orElse(node.output());
        return new QuantizedPlace(
                node,
                node.input(0),
                output,
                node.input(WEIGHT),
                Math.toIntExact(shape.get(1)),
                Math.toIntExact(shape.get(0)));
    }

    private static boolean isWhole(Node node) {
        return !(node.attributes().get("group") instanceof Attribute.Whole group) || group.value() == 1;
    }
}
