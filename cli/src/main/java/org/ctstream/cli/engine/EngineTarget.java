package org.ctstream.cli.engine;

import org.ctstream.model.classify.Availability;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierFactory;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.release.StoredRelease;

/** An engine on a device, and whether it is there. */
record EngineTarget(String engine, ClassifierFactory factory, Device device, Availability availability) {

    static EngineTarget of(String engine, ClassifierFactory factory, Device device) {
        return new EngineTarget(engine, factory, device, Probe.availability(factory, device));
    }

    boolean isAvailable() {
        return availability instanceof Availability.Available;
    }

    Classifier open(StoredRelease release, EngineOptions options) {
        return factory.open(release, options.withDevice(device));
    }

    /** For example {@code onnxruntime on cpu}. */
    @Override
    public String toString() {
        return engine + " on " + device;
    }
}
