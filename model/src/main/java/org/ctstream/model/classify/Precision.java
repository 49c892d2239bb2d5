package org.ctstream.model.classify;

/** Arithmetic a network is computed with. Its input, its logits and its heatmap are the same type in each. */
public enum Precision {
    /** IEEE 754 single precision. */
    FP32,
    /** IEEE 754 half precision inside the network, single precision at both ends. */
    FP16
}
