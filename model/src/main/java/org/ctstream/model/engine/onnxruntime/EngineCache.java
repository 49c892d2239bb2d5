package org.ctstream.model.engine.onnxruntime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.engine.support.NvidiaGpu;
import org.ctstream.model.release.ModelRelease;
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
     * The folder for this release, device and version, made if it is not there; null if there is no cache, or nothing is
     * known about the device.
     */
    static @Nullable Path folder(ModelRelease release, EngineOptions options, Device.Gpu gpu, String version) {
        Path cache = options.cache();
        Optional<NvidiaGpu> found = cache == null ? Optional.empty() : NvidiaGpu.find(gpu.index());
        if (cache == null || found.isEmpty()) {
            LOG.warn(
                    "TensorRT builds the engine anew at every start device={} cause={}",
                    gpu,
                    cache == null ? "no cache folder is set" : "nvidia-smi does not tell the device's model");
            return null;
        }
        Path folder = cache.toAbsolutePath().resolve(path(release, options, found.get(), version));
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ClassifierException.Unavailable(
                    "cannot make the folder for TensorRT's engines, " + folder + ": " + e.getMessage()
                            + "; choose a cache folder that is writable",
                    e);
        }
    }

    /** Model digest, shape and precision, then device and version. */
    static String path(ModelRelease release, EngineOptions options, NvidiaGpu gpu, String version) {
        return String.format(
                Locale.ROOT,
                "%s/%s-%dx%dx%d-%s/%s-onnxruntime%s",
                OnnxRuntimeClassifiers.TENSORRT_NAME,
                release.sha256().substring(0, DIGEST_DIGITS),
                options.maxBatch(),
                release.height(),
                release.width(),
                options.precision().name().toLowerCase(Locale.ROOT),
                gpu.fileName(),
                version);
    }
}
