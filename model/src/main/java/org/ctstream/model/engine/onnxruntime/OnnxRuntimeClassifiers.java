package org.ctstream.model.engine.onnxruntime;

import ai.djl.MalformedModelException;
import ai.djl.engine.EngineException;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import org.ctstream.model.classify.Availability;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.ClassifierFactory;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.EngineOptions.SimulatedCost;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.graph.quantized.Ranges;
import org.ctstream.model.onnx.OnnxExport;
import org.ctstream.model.onnx.OnnxModel;
import org.ctstream.model.onnx.OnnxOptions;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.SafeTensors;

/**
 * The engine {@code onnxruntime}: the network as an ONNX graph, run by ONNX Runtime on a processor (float32) or a CUDA
 * device (float32, float16); and the engine {@code onnxruntime-tensorrt}, the same by ONNX Runtime's TensorRT provider.
 *
 * <p>Options: {@code threads} is the total of the processor's threads; {@code sessions} is how many runs of the network
 * are made at the same time, on one copy of the weights; {@code slicesPerRun} how many slices each takes. What is 0 is
 * chosen by a measurement of about two seconds, the first time for an architecture and options by this factory, which is
 * therefore best kept for the whole process. Where several runs are made at the same time, a batch with fewer slices than
 * runs is computed by all threads together, in a second session with a copy of the weights of its own; it is not opened
 * if {@code maxBatch} or {@code sessions} is 1.
 *
 * <p>The TensorRT provider builds an engine for the device at opening, which takes minutes; with {@code cache} it is kept
 * for the next time, in a folder named after everything it is made of.
 *
 * <h2>Thread safety</h2>
 *
 * Thread-safe. The native libraries are loaded when the first release is opened or availability is asked for.
 */
public final class OnnxRuntimeClassifiers implements ClassifierFactory {
    /** Name of the engine on ONNX Runtime's own provider of the device. */
    public static final String NAME = "onnxruntime";
    /** Name of the engine on ONNX Runtime's TensorRT provider. */
    public static final String TENSORRT_NAME = "onnxruntime-tensorrt";

    private final String name;
    private final Arranging arranging = new Arranging();

    private OnnxRuntimeClassifiers(String name) {
        this.name = name;
    }

    /** On a processor or a CUDA device. */
    public OnnxRuntimeClassifiers() {
        this(NAME);
    }

    /** By TensorRT, on a CUDA device. */
    public static OnnxRuntimeClassifiers tensorRt() {
        return new OnnxRuntimeClassifiers(TENSORRT_NAME);
    }

    @Override
    public Availability availability(Device device) {
        if (byTensorRt() && !(device instanceof Device.Gpu)) {
            return new Availability.Missing(
                    "TensorRT runs on NVIDIA's graphics processors only", "choose device gpu, or engine " + NAME);
        }
        try {
            return OnnxRuntimeLibrary.load().availability(anyOn(device));
        } catch (ClassifierException.Unavailable e) {
            return new Availability.Missing(String.valueOf(e.getMessage()), "choose another engine");
        }
    }

    @Override
    public Classifier open(StoredRelease stored, EngineOptions options) {
        checkOptions(options);
        if (availability(options.device()) instanceof Availability.Missing missing) {
            throw new ClassifierException.Unavailable(
                    "engine " + name + " cannot use device " + options.device() + ": " + missing.reason() + "; "
                            + missing.remedy(),
                    null);
        }
        OnnxRuntimeLibrary library = OnnxRuntimeLibrary.load();
        Provider provider = provider(stored, options);
        return open(library, provider, stored.release(), export(stored, provider.graph()), options);
    }

    /** Opens a network that is written for the provider. */
    Classifier open(
            OnnxRuntimeLibrary library,
            Provider provider,
            ModelRelease release,
            OnnxModel model,
            EngineOptions options) {
        try (NetworkFile file = NetworkFile.write(model)) {
            Sessions sessions = new Sessions(
                    library.engine(), file.path(), cached(provider, file, release, options, library.version()));
            boolean opened = false;
            try {
                ArrangedNetwork network = arranging.arrange(sessions, release, options, model);
                OnnxRuntimeClassifier classifier = new OnnxRuntimeClassifier(
                        sessions,
                        network,
                        release,
                        description(library, options, network.arrangement()),
                        options.maxBatch());
                opened = true;
                return classifier;
            } catch (OrtException | IOException | MalformedModelException | EngineException e) {
                throw OnnxRuntimeFailures.MESSAGES.onOpening(
                        e, release.id(), new EngineDescription(name, options.device(), library.version(), 0));
            } finally {
                if (!opened) {
                    sessions.close();
                }
            }
        }
    }

    /** A provider that builds engines with the place where those of this very network are kept. */
    private static Provider cached(
            Provider provider, NetworkFile file, ModelRelease release, EngineOptions options, String version) {
        return provider instanceof TensorRtProvider tensorRt
                ? tensorRt.withCache(EngineCache.folders(release, file.path(), options, tensorRt.device(), version))
                : provider;
    }

    private EngineDescription description(OnnxRuntimeLibrary library, EngineOptions options, Arrangement arrangement) {
        return new EngineDescription(
                name,
                options.device(),
                library.version(),
                options.precision(),
                arrangement.runs() * arrangement.threadsPerRun(),
                arrangement.runs(),
                arrangement.slicesPerRun());
    }

    private OnnxModel export(StoredRelease stored, OnnxOptions graph) {
        try {
            return OnnxExport.of(stored, graph);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "engine " + name + " cannot serve release "
                            + stored.release().id() + ": " + e.getMessage(),
                    e);
        }
    }

    private void checkOptions(EngineOptions options) {
        if (!options.simulatedCost().equals(SimulatedCost.NOTHING)) {
            throw new IllegalArgumentException("engine " + name + " takes no simulated cost, only engine none does");
        }
        if (options.precision() == Precision.FP16 && !(options.device() instanceof Device.Gpu)) {
            throw new IllegalArgumentException("engine " + name
                    + " computes in half precision on a gpu only; choose precision fp32 for device cpu");
        }
    }

    private Provider provider(StoredRelease stored, EngineOptions options) {
        if (!(options.device() instanceof Device.Gpu gpu)) {
            return new CpuProvider();
        }
        if (!byTensorRt()) {
            return new CudaProvider(gpu, options.precision());
        }
        ModelRelease release = stored.release();
        return new TensorRtProvider(
                gpu,
                options.precision(),
                Ranges.areIn(SafeTensors.read(stored.weights())),
                release.height(),
                release.width(),
                options.maxBatch(),
                null);
    }

    /** The device's provider for some network: whether it is there does not depend on the network. */
    private Provider anyOn(Device device) {
        if (!(device instanceof Device.Gpu gpu)) {
            return new CpuProvider();
        }
        return byTensorRt()
                ? new TensorRtProvider(gpu, Precision.FP32, false, 1, 1, 1, null)
                : new CudaProvider(gpu, Precision.FP32);
    }

    private boolean byTensorRt() {
        return name.equals(TENSORRT_NAME);
    }
}
