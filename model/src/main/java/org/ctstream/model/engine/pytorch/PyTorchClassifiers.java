package org.ctstream.model.engine.pytorch;

import org.ctstream.model.classify.Availability;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.ClassifierFactory;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.EngineOptions.SimulatedCost;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.graph.quantized.Ranges;
import org.ctstream.model.network.Networks;
import org.ctstream.model.network.StagedNetwork;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.SafeTensors;
import org.ctstream.model.weights.Weights;

/**
 * The engine {@code pytorch}: the network's own definition, run by PyTorch on a processor or a CUDA device, in float32.
 *
 * <p>The native libraries are loaded when the first release is opened. Threads are a setting of the whole process: the
 * last release opened decides.
 */
public final class PyTorchClassifiers implements ClassifierFactory {
    /** Name of the engine. */
    public static final String NAME = "pytorch";

    @Override
    public Classifier open(StoredRelease stored, EngineOptions options) {
        refuseWhatItHasNot(options);
        ModelRelease release = stored.release();
        StagedNetwork network = network(release);
        Weights weights = SafeTensors.read(stored.weights());
        refuseIntegers(release, weights);
        return PyTorchClassifier.open(network, release, weights, options);
    }

    /** In float the network would answer, under the name and the figures of another function. */
    private static void refuseIntegers(ModelRelease release, Weights weights) {
        if (Ranges.areIn(weights)) {
            String parent = release.lineage().parent();
            // The release is at fault, not the device: trying again would not help.
            throw new IllegalArgumentException("engine " + NAME + " cannot serve release " + release.id()
                    + ": it is an INT8 release, and this engine computes in float32 only; choose onnxruntime, or serve"
                    + " the float release it was made of" + (parent == null ? "" : ", " + parent));
        }
    }

    /** {@inheritDoc} Loads the native libraries. */
    @Override
    public Availability availability(Device device) {
        PyTorchRuntime runtime;
        try {
            runtime = PyTorchRuntime.load();
        } catch (ClassifierException.Unavailable e) {
            return new Availability.Missing(PyTorchRuntime.CANNOT_LOAD + cause(e), PyTorchRuntime.REMEDY);
        }
        return runtime.availability(device);
    }

    private static String cause(ClassifierException e) {
        return e.getCause() == null ? "" : ": " + e.getCause().getMessage();
    }

    private static void refuseWhatItHasNot(EngineOptions options) {
        if (!options.simulatedCost().equals(SimulatedCost.NOTHING)) {
            throw new IllegalArgumentException("engine " + NAME + " takes no simulated cost, only engine none does");
        }
        if (options.precision() != Precision.FP32) {
            throw refusal(
                    "computes in float32 only, precision " + options.precision() + " was asked for",
                    "fp32, or a TensorRT engine");
        }
        if (options.sessions() > 1) {
            throw refusal("has one session, " + options.sessions() + " were asked for", "0 or 1, or onnxruntime");
        }
        if (options.slicesPerRun() > 0) {
            throw refusal(
                    "computes a batch at once, " + options.slicesPerRun() + " slices per run were asked for",
                    "0, or onnxruntime, or smaller batches");
        }
    }

    private static IllegalArgumentException refusal(String what, String remedy) {
        return new IllegalArgumentException("engine " + NAME + " " + what + "; choose " + remedy);
    }

    private static StagedNetwork network(ModelRelease release) {
        try {
            return Networks.named(release.architecture(), release.classes().size());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "engine " + NAME + " cannot serve release " + release.id() + ": " + e.getMessage(), e);
        }
    }
}
