package org.ctstream.model.engine.tensorrt;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.ctstream.model.engine.support.OfflineDjl;
import org.ctstream.model.plan.PlanException;
import org.ctstream.model.plan.TensorRtVersion;
import org.jspecify.annotations.Nullable;

/** DJL's TensorRT engine and the libraries of NVIDIA's it is a bridge to, loaded without any traffic. */
final class TensorRtRuntime {
    /** What the bridge is linked with. TensorRT 10 has other names, and no libnvparsers at all. */
    static final String LIBRARIES =
            "libnvinfer.so.8, libnvinfer_plugin.so.8, libnvonnxparser.so.8 and libnvparsers.so.8"
                    + " of TensorRT 8.4 to 8.6 for CUDA 11 or 12";

    private final Engine engine;
    private final TensorRtVersion version;

    private TensorRtRuntime(Engine engine) {
        this.engine = engine;
        this.version = TensorRtVersion.parse(engine.getVersion());
    }

    /**
     * Loads the native libraries, the first time in a process. Only where the driver has shown a GPU: the bridge ends the
     * process when a call of CUDA's fails.
     *
     * @throws PlanException.Missing if they are not there or do not load
     */
    static TensorRtRuntime load() {
        Loaded loaded = Loaded.ONCE;
        if (loaded.runtime == null) {
            throw new PlanException.Missing(
                    "cannot load TensorRT 8: " + reason(loaded.failure),
                    "install " + LIBRARIES
                            + " (Debian packages libnvinfer8, libnvinfer-plugin8, libnvonnxparsers8, libnvparsers8), make"
                            + " them known by ldconfig or LD_LIBRARY_PATH, and let the folder for unpacked libraries"
                            + " (DJL_CACHE_DIR, by default .djl.ai in the home folder) be writable; or use the image"
                            + " worker-tensorrt, or engine onnxruntime, which needs TensorRT 10 or none",
                    loaded.failure);
        }
        return loaded.runtime;
    }

    TensorRtVersion version() {
        return version;
    }

    /**
     * Loads a plan, or has TensorRT compile an ONNX file, as the file's name says: {@code .trt} or {@code .onnx}.
     *
     * @param compilation for ONNX: {@code fp16} allows half precision
     * @throws EngineException if TensorRT takes neither
     */
    Model open(Path file, Device device, Map<String, String> compilation) throws IOException {
        Model model = engine.newModel("ctstream", device);
        boolean opened = false;
        try {
            model.load(file, null, compilation);
            opened = true;
            return model;
        } catch (MalformedModelException e) {
            throw new EngineException(e);
        } finally {
            if (!opened) {
                model.close();
            }
        }
    }

    /** The deepest one: around it stand DJL's own, which say that something failed. */
    private static String reason(@Nullable Throwable failure) {
        Throwable deepest = failure;
        while (deepest != null && deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest == null ? "unknown" : String.valueOf(deepest.getMessage());
    }

    /** A second try in the same process could only fail with less to say: the class that DJL fails in stays broken. */
    private static final class Loaded {
        private static final String NO_OTHER_ENGINE = "ai.djl.tensorrt.disable_alternative";
        static final Loaded ONCE = load();

        private final @Nullable TensorRtRuntime runtime;
        private final @Nullable Throwable failure;

        private Loaded(@Nullable TensorRtRuntime runtime, @Nullable Throwable failure) {
            this.runtime = runtime;
            this.failure = failure;
        }

        private static Loaded load() {
            OfflineDjl.configure();
            // DJL would otherwise load PyTorch beside TensorRT, for what it cannot do itself: nothing that is used
            // here.
            if (System.getProperty(NO_OTHER_ENGINE) == null) {
                System.setProperty(NO_OTHER_ENGINE, "true");
            }
            try {
                return new Loaded(new TensorRtRuntime(Engine.getEngine("TensorRT")), null);
            } catch (RuntimeException | LinkageError e) {
                return new Loaded(null, e);
            }
        }
    }
}
