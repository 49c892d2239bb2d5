package org.ctstream.model.graph.quantized;

import org.ctstream.model.weights.ElementType;

/** How numbers become 8-bit integers. */
public enum Scheme {
    /**
     * For ONNX Runtime on processors: activations as 0 to 255 with a zero point; weights as integers, -63 to 63, and biases
     * as 32-bit ones.
     *
     * <p>Weights leave out a bit because processors without VNNI add pairs of products in 16 bits: twice 255 x 63 fits, twice
     * 255 x 127 does not and would be cut off there, and nowhere else. A release has to say the same on every machine.
     */
    ASYMMETRIC(ElementType.U8, 63),

    /**
     * For TensorRT: activations and weights as -127 to 127 with zero point 0, the only form it takes; weights are written
     * as floats that are quantized and dequantized, biases as floats.
     */
    SYMMETRIC(ElementType.I8, 127);

    private final ElementType activations;
    private final int largestWeight;

    Scheme(ElementType activations, int largestWeight) {
        this.activations = activations;
        this.largestWeight = largestWeight;
    }

    ElementType activations() {
        return activations;
    }

    int largestWeight() {
        return largestWeight;
    }
}
