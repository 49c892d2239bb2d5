package org.ctstream.model.onnx;

/** What a graph is written for. */
public enum Target {
    /** Processors: normalisations become depthwise convolutions, for which ONNX Runtime keeps its blocked layout. */
    CPU,
    /** Accelerators: normalisations stay what they are. */
    GPU,
    /** Nothing in particular: the network as it is defined, to compare with. */
    PLAIN
}
