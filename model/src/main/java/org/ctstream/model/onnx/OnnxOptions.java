package org.ctstream.model.onnx;

import java.util.OptionalInt;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.graph.PortType;

/**
 * For what a network is written as ONNX.
 *
 * @param batch slices of every run; empty for any number
 * @param precision arithmetic inside the network
 * @param target what the graph is written for; it runs everywhere, and best there
 * @param input element type of the slices
 * @param embedding whether the file gives the embedding out, if the network has one
 */
public record OnnxOptions(OptionalInt batch, Precision precision, Target target, PortType input, boolean embedding) {
    public OnnxOptions {
        if (batch.isPresent() && batch.getAsInt() < 1) {
            throw new IllegalArgumentException("a batch has at least 1 slice, found " + batch.getAsInt());
        }
    }

    /** Any batch, float32, bytes in, with the embedding, for processors. */
    public static OnnxOptions cpu() {
        return new OnnxOptions(OptionalInt.empty(), Precision.FP32, Target.CPU, PortType.UINT8, true);
    }

    /** Any batch, float32, bytes in, with the embedding, for accelerators. */
    public static OnnxOptions gpu() {
        return cpu().withTarget(Target.GPU);
    }

    public OnnxOptions withBatch(int slices) {
        return new OnnxOptions(OptionalInt.of(slices), precision, target, input, embedding);
    }

    public OnnxOptions withPrecision(Precision newPrecision) {
        return new OnnxOptions(batch, newPrecision, target, input, embedding);
    }

    public OnnxOptions withTarget(Target newTarget) {
        return new OnnxOptions(batch, precision, newTarget, input, embedding);
    }

    public OnnxOptions withInput(PortType newInput) {
        return new OnnxOptions(batch, precision, target, newInput, embedding);
    }

    public OnnxOptions withoutEmbedding() {
        return new OnnxOptions(batch, precision, target, input, false);
    }
}
