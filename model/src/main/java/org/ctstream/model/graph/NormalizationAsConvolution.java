package org.ctstream.model.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ctstream.model.weights.Tensor;

/**
 * Writes the batch normalisations that are left as depthwise 1x1 convolutions.
 *
 * <p>ONNX Runtime computes convolutions in a layout of channel blocks and joins the ReLU to them; for a batch
 * normalisation it goes back to the plain layout and to the blocks again, on one thread, which costs a DenseNet169 a
 * quarter of its time.
 */
public final class NormalizationAsConvolution implements Rewrite {
    @Override
    public Graph apply(Graph graph) {
        List<Node> nodes = new ArrayList<>();
        Map<String, Tensor> constants = new HashMap<>();
        for (Node node : graph.nodes()) {
            nodes.add(node.is("BatchNormalization") ? convolution(graph, node, constants) : node);
        }
        return graph.with(nodes, constants);
    }

    private static Node convolution(Graph graph, Node normalization, Map<String, Tensor> constants) {
        Affine affine = Affine.of(graph, normalization);
        long channels = affine.scale().length;
        String scale = normalization.output() + ".scale";
        String shift = normalization.output() + ".shift";
        constants.put(scale, Tensor.ofFloats(List.of(channels, 1L, 1L, 1L), affine.scale()));
        constants.put(shift, Tensor.ofFloats(List.of(channels), affine.shift()));
        return new Node(
                "Conv",
                List.of(normalization.input(0), scale, shift),
                normalization.output(),
                Map.of("kernel_shape", Attribute.of(List.of(1L, 1L)), "group", Attribute.of(channels)));
    }
}
