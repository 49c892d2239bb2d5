package org.ctstream.model.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.graph.PortType;
import org.ctstream.model.onnx.OnnxExport;
import org.ctstream.model.onnx.OnnxModel;
import org.ctstream.model.onnx.OnnxOptions;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.Sha256;

/**
 * What TensorRT compiles: a release's network in ONNX, for a fixed number of slices, float32 in and out. TensorRT 8 takes no
 * bytes, and DJL's engine no open shapes; half precision is the compiler's own choice, layer by layer.
 */
public final class PlanSource {
    private final String modelSha256;
    private final int batch;
    private final OnnxModel onnx;
    private final byte[] bytes;
    private final String sha256;

    private PlanSource(String modelSha256, int batch, OnnxModel onnx) {
        this.modelSha256 = modelSha256;
        this.batch = batch;
        this.onnx = onnx;
        this.bytes = onnx.bytes();
        this.sha256 = Sha256.of(bytes);
    }

    /**
     * Writes a release for TensorRT. The same release, batch and exporter give the same bytes.
     *
     * @param batch slices of every run, at least 1
     * @throws IllegalArgumentException if the architecture is not known or cannot be written
     * @throws org.ctstream.model.weights.WeightsException if the weights cannot be read or are not this architecture's
     */
    public static PlanSource of(StoredRelease release, int batch) {
        // Without the embedding: another output is another graph, and a plan that took minutes on the GPU is of this
        // one.
        OnnxOptions options =
                OnnxOptions.gpu().withBatch(batch).withInput(PortType.FLOAT32).withoutEmbedding();
        return new PlanSource(release.release().sha256(), batch, OnnxExport.of(release, options));
    }

    /**
     * The key of its plan for this GPU, version and precision.
     *
     * @throws IllegalArgumentException if this is an INT8 release and the precision not float32
     */
    public PlanKey key(Gpu gpu, TensorRtVersion tensorRt, Precision precision) {
        if (isInt8() && precision != Precision.FP32) {
            throw new IllegalArgumentException("an INT8 release is computed in integers and float32, not in "
                    + precision.name().toLowerCase(Locale.ROOT) + "; choose precision fp32");
        }
        return PlanKey.of(modelSha256, sha256, gpu, tensorRt, precision, batch);
    }

    /** Size of the network's class activation maps; empty if it has none. */
    public Optional<OnnxModel.MapSize> heatmap() {
        return onnx.heatmap();
    }

    /** Whether its convolutions are in integers, which TensorRT has to be allowed. */
    public boolean isInt8() {
        return onnx.graph().nodes().stream().anyMatch(node -> node.is("QuantizeLinear"));
    }

    /** Bytes of the ONNX file. */
    public int size() {
        return bytes.length;
    }

    /** Writes the ONNX file, in place of one that is there. */
    public void write(Path file) throws IOException {
        Files.write(file, bytes);
    }
}
