package org.ctstream.model.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ctstream.model.classify.Precision;

/**
 * A plan to be made by {@code trtexec}, NVIDIA's compiler of networks.
 *
 * @param onnx the network, of fixed shape
 * @param plan file to write
 * @param precision the lowest precision allowed; the inputs and outputs stay float32
 * @param int8 whether the network has convolutions in integers, which then stay so
 * @param device number of the GPU, as CUDA counts
 * @param workspaceMebibytes memory of the GPU that a layer may use for its computation, at least 1
 */
public record PlanOrder(Path onnx, Path plan, Precision precision, boolean int8, int device, int workspaceMebibytes) {
    /** Until then the option not to measure the finished plan had another name. */
    private static final TensorRtVersion SKIP_INFERENCE = new TensorRtVersion(8, 6, 0);

    public PlanOrder {
        if (int8 && precision != Precision.FP32) {
            throw new IllegalArgumentException("an INT8 release is computed in integers and float32, not in "
                    + precision.name().toLowerCase(Locale.ROOT) + "; choose precision fp32");
        }
        if (device < 0 || workspaceMebibytes < 1) {
            throw new IllegalArgumentException(
                    "a plan is for gpu-0 or further, with a workspace of 1 MiB or more, found" + " gpu-" + device
                            + " and " + workspaceMebibytes + " MiB");
        }
    }

    /** What {@code trtexec} of this version has to be given. */
    public List<String> arguments(TensorRtVersion version) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--onnx=" + onnx);
        arguments.add("--saveEngine=" + plan);
        arguments.add("--device=" + device);
        arguments.add("--memPoolSize=workspace:" + workspaceMebibytes);
        // Unasked, TensorRT rounds float32 products to TF32, with ten bits of mantissa.
        arguments.add(precision == Precision.FP16 ? "--fp16" : "--noTF32");
        if (int8) {
            arguments.add("--int8");
        }
        arguments.add(version.compareTo(SKIP_INFERENCE) < 0 ? "--buildOnly" : "--skipInference");
        return List.copyOf(arguments);
    }
}
