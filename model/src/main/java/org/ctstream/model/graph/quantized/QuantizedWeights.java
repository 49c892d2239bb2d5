package org.ctstream.model.graph.quantized;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.ctstream.model.weights.ElementType;
import org.ctstream.model.weights.Tensor;

/**
 * A convolution's weights and bias as integers, each filter with a scale of its own.
 *
 * @param weights I8, the shape of the float weights
 * @param scales F32 (filters), of the weights
 * @param bias I32 (filters)
 * @param biasScales F32 (filters): the scale of the input times those of the weights
 */
record QuantizedWeights(Tensor weights, Tensor scales, Tensor bias, Tensor biasScales) {
    /** Half of what 32 bits hold, so that a bias leaves room for the sum it is added to. */
    private static final double LARGEST_BIAS = 1 << 30;

    /**
     * Rounds them.
     *
     * @param weights F32 (filters, channels, rows, columns)
     * @param bias F32 (filters); zeros for none
     */
    static QuantizedWeights of(Tensor weights, float[] bias, float inputScale, int largest) {
        float[] values = weights.toFloats();
        int filters = bias.length;
        int perFilter = values.length / filters;
        float[] scales = new float[filters];
        float[] biasScales = new float[filters];
        ByteBuffer integers = ByteBuffer.allocate(values.length);
        ByteBuffer biases = ByteBuffer.allocate(filters * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int filter = 0; filter < filters; filter++) {
            float magnitude = 0;
            for (int i = filter * perFilter; i < (filter + 1) * perFilter; i++) {
                magnitude = Math.max(magnitude, Math.abs(values[i]));
            }
            float scale = scale(magnitude, largest, bias[filter], inputScale);
            for (int i = filter * perFilter; i < (filter + 1) * perFilter; i++) {
                long rounded = Math.round((double) values[i] / scale);
                integers.put(i, (byte) Math.max(-largest, Math.min(largest, rounded)));
            }
            scales[filter] = scale;
            biasScales[filter] = scale * inputScale;
            biases.putInt((int) Math.round((double) bias[filter] / biasScales[filter]));
        }
        List<Long> perFilterShape = List.of((long) filters);
        return new QuantizedWeights(
                new Tensor(ElementType.I8, weights.shape(), integers),
                Tensor.ofFloats(perFilterShape, scales),
                new Tensor(ElementType.I32, perFilterShape, biases.flip()),
                Tensor.ofFloats(perFilterShape, biasScales));
    }

    /** As fine as the weights allow and as coarse as the bias demands: that of a nearly dead filter may be far larger. */
    private static float scale(float magnitude, int largest, float bias, float inputScale) {
        double forWeights = (double) magnitude / largest;
        double forBias = Math.abs(bias) / (inputScale * LARGEST_BIAS);
        double scale = Math.max(forWeights, forBias);
        return scale * inputScale >= Float.MIN_NORMAL && scale >= Float.MIN_NORMAL ? (float) scale : 1 / inputScale;
    }
}
