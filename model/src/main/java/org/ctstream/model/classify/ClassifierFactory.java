package org.ctstream.model.classify;

import org.ctstream.model.release.StoredRelease;

/** An engine: loads a release and serves it. */
@FunctionalInterface
public interface ClassifierFactory {

    /**
     * Loads a release. The first batch may still be slower than the later ones; classify one before counting on speed.
     *
     * @param release a release with its weights, as a model store gave it
     * @param options how to run it
     * @throws ClassifierException if the engine or the device is not to be had, or the engine refuses the network
     * @throws org.ctstream.model.weights.WeightsException if the weights cannot be read or are not this architecture's
     * @throws IllegalArgumentException if the engine does not know the architecture or an option's value
     */
    Classifier open(StoredRelease release, EngineOptions options);

    /**
     * Whether this engine can run on a device. Loads native libraries, opens nothing, and does not throw for what is
     * missing.
     */
    default Availability availability(Device device) {
        return new Availability.Available("", "");
    }
}
