package org.ctstream.model.engine.onnxruntime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.plan.Gpu;
import org.ctstream.model.plan.NvidiaSmi;
import org.ctstream.model.plan.PlanException;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.weights.Sha256;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where TensorRT's engines and timings are kept: a folder for each combination of what they depend on. ONNX Runtime's own
 * names for them leave out the weights and the device's model.
 */
final class EngineCache {
    private static final Logger LOG = LoggerFactory.getLogger(EngineCache.class);
    private static final int DIGEST_DIGITS = 16;

    private EngineCache() {}

    /**
     * The folders for this release, device and version, made if they are not there; null if there is no cache, or it
     * cannot be told which model of device it is.
     *
     * @param network the ONNX file: it has what the weights' digest does not tell, mean and deviation among it
     */
    static @Nullable CacheFolders folders(
            ModelRelease release, Path network, EngineOptions options, Device.Gpu device, String version) {
        Path cache = options.cache();
        if (cache == null) {
            return without(device, "no cache folder is set");
        }
        Gpu gpu;
        try {
            gpu = NvidiaSmi.ofThisMachine().gpu(device.index());
        } catch (PlanException e) {
            return without(device, String.valueOf(e.getMessage()));
        }
        Path root = cache.toAbsolutePath().resolve(OnnxRuntimeClassifiers.TENSORRT_NAME);
        try {
            Path engines = root.resolve(engines(release, Sha256.of(network), options, gpu, version));
            Path timings = root.resolve(timings(options, gpu, version));
            return new CacheFolders(Files.createDirectories(engines), Files.createDirectories(timings));
        } catch (IOException e) {
            throw new ClassifierException.Unavailable(
                    "cannot make the folders for TensorRT's engines and timings in " + root + ": " + e.getMessage()
                            + "; choose a cache folder that is writable",
                    e);
        }
    }

    /** Digests of weights and graph, shape and precision, then device and version. */
    static String engines(ModelRelease release, String graphSha256, EngineOptions options, Gpu gpu, String version) {
        return String.format(
                Locale.ROOT,
                "%s-%s-%dx%dx%d-%s/%s-onnxruntime%s",
                release.sha256().substring(0, DIGEST_DIGITS),
                graphSha256.substring(0, DIGEST_DIGITS),
                options.maxBatch(),
                release.height(),
                release.width(),
                precision(options),
                text(gpu),
                version);
    }

    /** Precision, then device and version: whatever the network. */
    static String timings(EngineOptions options, Gpu gpu, String version) {
        return String.format(Locale.ROOT, "timings-%s/%s-onnxruntime%s", precision(options), text(gpu), version);
    }

    private static String precision(EngineOptions options) {
        return options.precision().name().toLowerCase(Locale.ROOT);
    }

    /** Model, capability and driver: what is built for one is not for another. */
    private static String text(Gpu gpu) {
        return (gpu.name() + "-sm" + gpu.computeCapability() + "-driver" + gpu.driver())
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9.]+", "-");
    }

    private static @Nullable CacheFolders without(Device.Gpu device, String cause) {
        LOG.warn("TensorRT builds the engine anew at every start device={} cause={}", device, cause);
        return null;
    }
}
