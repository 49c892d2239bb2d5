package org.ctstream.model.graph;

import org.ctstream.model.weights.Tensor;

/**
 * What a batch normalisation does to channel c once it is trained: x times scale[c] plus shift[c].
 *
 * @param scale weight / sqrt(variance + epsilon)
 * @param shift bias - mean x scale
 */
@SuppressWarnings("ArrayRecordComponent") // made, read and dropped inside this package
record Affine(float[] scale, float[] shift) {
    private static final int WEIGHT = 1;
    private static final int BIAS = 2;
    private static final int MEAN = 3;
    private static final int VARIANCE = 4;

    static Affine of(Graph graph, Node normalization) {
        float[] weight = floats(graph, normalization, WEIGHT);
        float[] bias = floats(graph, normalization, BIAS);
        float[] mean = floats(graph, normalization, MEAN);
        float[] variance = floats(graph, normalization, VARIANCE);
        if (!(normalization.attributes().get("epsilon") instanceof Attribute.Real epsilon)) {
            throw new IllegalArgumentException("normalisation " + normalization.output() + " has no epsilon");
        }
        float[] scale = new float[weight.length];
        float[] shift = new float[weight.length];
        for (int i = 0; i < scale.length; i++) {
            // In double precision, so that one rounding remains.
            double factor = weight[i] / Math.sqrt((double) variance[i] + epsilon.value());
            scale[i] = (float) factor;
            shift[i] = (float) (bias[i] - mean[i] * factor);
        }
        return new Affine(scale, shift);
    }

    private static float[] floats(Graph graph, Node node, int input) {
        return graph.constant(node.input(input))
                .map(Tensor::toFloats)
                .orElseThrow(() -> new IllegalArgumentException(
                        node.output() + " takes " + node.input(input) + ", which is no constant"));
    }
}
