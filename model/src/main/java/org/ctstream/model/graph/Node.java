package org.ctstream.model.graph;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * One operation of a graph, in ONNX's terms.
 *
 * @param operator ONNX's name of the operation, for example {@code Conv}
 * @param inputs names of the values it takes, in ONNX's order
 * @param output name of the value it makes
 * @param attributes settings by ONNX's name
 * @see "ONNX, Operators, default domain, opset 17"
 */
public record Node(String operator, List<String> inputs, String output, SortedMap<String, Attribute> attributes) {
    public Node {
        inputs = List.copyOf(inputs);
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    public Node(String operator, List<String> inputs, String output, Map<String, Attribute> attributes) {
        this(operator, inputs, output, new TreeMap<>(attributes));
    }

    /** An operation without settings. */
    public Node(String operator, List<String> inputs, String output) {
        this(operator, inputs, output, Map.of());
    }

    public boolean is(String someOperator) {
        return operator.equals(someOperator);
    }

    public String input(int index) {
        return inputs.get(index);
    }

    public Node withInputs(List<String> newInputs) {
        return new Node(operator, newInputs, output, attributes);
    }

    public Node withOutput(String newOutput) {
        return new Node(operator, inputs, newOutput, attributes);
    }

    /** The same operation on renamed inputs. */
    public Node mapInputs(UnaryOperator<String> renamed) {
        return withInputs(inputs.stream().map(renamed).toList());
    }
}
