package org.ctstream.model.quantize;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ctstream.model.graph.Attribute;
import org.ctstream.model.graph.Graph;
import org.ctstream.model.graph.Node;
import org.ctstream.model.graph.Port;
import org.ctstream.model.graph.PortType;
import org.ctstream.model.graph.quantized.QuantizedPlace;

/**
 * A float graph that gives out, besides, the lowest and the highest number of every channel of the values that are to be
 * quantized, (N, channels) each.
 *
 * <p>The engine finds them: handing the values themselves over would be a hundred megabytes for every slice.
 *
 * @param graph what is run
 * @param values the observed values' names, in the order of the outputs {@link #low} and {@link #high}
 */
record ObservedGraph(Graph graph, List<String> values) {
    private static final Map<String, Attribute> OVER_PLACES =
            Map.of("axes", Attribute.of(List.of(2L, 3L)), "keepdims", Attribute.of(0L));

    ObservedGraph {
        values = List.copyOf(values);
    }

    static ObservedGraph of(Graph graph) {
        Map<String, Integer> channels = new LinkedHashMap<>();
        for (QuantizedPlace place : QuantizedPlace.of(graph)) {
            channels.put(place.input(), place.inputChannels());
            channels.put(place.output(), place.outputChannels());
        }
        List<Node> nodes = new ArrayList<>(graph.nodes());
        List<Port> ports = new ArrayList<>();
        List<String> values = new ArrayList<>();
        channels.forEach((value, number) -> {
            int i = values.size();
            values.add(value);
            List<Long> shape = List.of(Port.ANY, (long) number);
            nodes.add(new Node("ReduceMin", List.of(value), low(i), OVER_PLACES));
            nodes.add(new Node("ReduceMax", List.of(value), high(i), OVER_PLACES));
            ports.add(new Port(low(i), PortType.FLOAT32, shape));
            ports.add(new Port(high(i), PortType.FLOAT32, shape));
        });
        return new ObservedGraph(graph.with(nodes, Map.of()).withOutputs(ports), values);
    }

    static String low(int value) {
        return "calibration.low." + value;
    }

    static String high(int value) {
        return "calibration.high." + value;
    }
}
