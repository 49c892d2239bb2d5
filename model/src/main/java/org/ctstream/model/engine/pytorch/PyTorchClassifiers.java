package org.ctstream.model.engine.pytorch;

import ai.djl.nn.Block;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierFactory;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.EngineOptions.SimulatedCost;
import org.ctstream.model.network.Networks;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.SafeTensors;

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
        if (!options.simulatedCost().equals(SimulatedCost.NOTHING)) {
            throw new IllegalArgumentException("engine " + NAME + " takes no simulated cost, only engine none does");
        }
        ModelRelease release = stored.release();
        return PyTorchClassifier.open(network(release), release, SafeTensors.read(stored.weights()), options);
    }

    private static Block network(ModelRelease release) {
        try {
            return Networks.named(release.architecture(), release.classes().size());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "engine " + NAME + " cannot serve release " + release.id() + ": " + e.getMessage(), e);
        }
    }
}
