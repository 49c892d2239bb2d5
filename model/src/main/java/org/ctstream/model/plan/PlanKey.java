package org.ctstream.model.plan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.weights.Sha256;

/**
 * What a plan was made from and for. A plan is used for its own key and for no other.
 *
 * @param modelSha256 digest of the release's weights
 * @param graphSha256 digest of the ONNX file TensorRT compiled: another version of the exporter may write another graph
 *     of the same weights
 * @param gpu name of the GPU; its kernels were chosen by measuring on it
 * @param computeCapability of the GPU
 * @param tensorRt version of TensorRT, in full
 * @param precision the lowest precision TensorRT was allowed
 * @param batch slices in every run, 1 or more
 */
public record PlanKey(
        String modelSha256,
        String graphSha256,
        String gpu,
        String computeCapability,
        String tensorRt,
        Precision precision,
        int batch) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int HASH_LENGTH = 8;

    public PlanKey {
        if (!SHA256.matcher(modelSha256).matches()
                || !SHA256.matcher(graphSha256).matches()) {
            throw new IllegalArgumentException("a plan's digests are 64 lower-case hexadecimal digits, found '"
                    + modelSha256 + "' and '" + graphSha256 + "'");
        }
        if (gpu.isBlank() || computeCapability.isBlank()) {
            throw new IllegalArgumentException(
                    "a plan is for a named GPU, found '" + gpu + "', compute capability '" + computeCapability + "'");
        }
        TensorRtVersion.parse(tensorRt);
        if (batch < 1) {
            throw new IllegalArgumentException("a plan's batch is 1 or more, found " + batch);
        }
    }

    /** The key for this GPU and version. */
    public static PlanKey of(
            String modelSha256, String graphSha256, Gpu gpu, TensorRtVersion tensorRt, Precision precision, int batch) {
        return new PlanKey(
                modelSha256, graphSha256, gpu.name(), gpu.computeCapability(), tensorRt.toString(), precision, batch);
    }

    /** Where this key differs from another, as {@code batch (32, 8)}: here, there. Empty if they are equal. */
    List<String> differences(PlanKey other) {
        List<String> differences = new ArrayList<>();
        compare("weights", shortened(modelSha256), shortened(other.modelSha256), differences);
        compare("graph", shortened(graphSha256), shortened(other.graphSha256), differences);
        compare("GPU", gpu, other.gpu, differences);
        compare("compute capability", computeCapability, other.computeCapability, differences);
        compare("TensorRT", tensorRt, other.tensorRt, differences);
        compare("precision", precision, other.precision, differences);
        compare("batch", batch, other.batch, differences);
        return differences;
    }

    /** Beginning of its files' names: for people, and unlike that of any other key. */
    String stem() {
        String name = gpu.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String hash = Sha256.of(toString().getBytes(StandardCharsets.UTF_8)).substring(0, HASH_LENGTH);
        return "tensorrt-" + tensorRt + "_" + name + "_" + precision.name().toLowerCase(Locale.ROOT) + "_batch-" + batch
                + "_" + hash;
    }

    private static void compare(String what, Object here, Object there, List<String> differences) {
        if (!here.equals(there)) {
            differences.add(what + " (" + here + ", " + there + ")");
        }
    }

    private static String shortened(String digest) {
        return digest.substring(0, 12);
    }
}
