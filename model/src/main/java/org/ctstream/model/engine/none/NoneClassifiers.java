package org.ctstream.model.engine.none;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.ctstream.model.classify.Availability;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierFactory;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.Sha256;

/**
 * The engine {@code none}: no network, a number from the pixels, and the time a device would take if one is set. It
 * measures what everything around an engine costs, and it is never chosen unless it is named.
 *
 * <p>What it serves is a stand-in for the release it is given: named {@code none}, untrained, with a digest of its own, so
 * that its results cannot pass for the release's. The weights are not read, whatever the device option says.
 */
public final class NoneClassifiers implements ClassifierFactory {
    /** Name of the engine, and of the stand-in releases. */
    public static final String NAME = "none";

    @Override
    public Classifier open(StoredRelease release, EngineOptions options) {
        return new NoneClassifier(standIn(release.release()), options);
    }

    /** {@inheritDoc} It runs nowhere but on the processor. */
    @Override
    public Availability availability(Device device) {
        return device instanceof Device.Cpu
                ? new Availability.Available("1", "no network, for measuring everything around an engine")
                : new Availability.Missing("it runs no network on any device", "choose device cpu");
    }

    private static ModelRelease standIn(ModelRelease release) {
        return new ModelRelease(
                NAME,
                release.version(),
                "Untrained: no network at all, in place of " + release.id() + ". The probabilities mean nothing.",
                NAME,
                Sha256.of((NAME + ":" + release.sha256()).getBytes(StandardCharsets.US_ASCII)),
                release.height(),
                release.width(),
                release.mean(),
                release.standardDeviation(),
                release.classes(),
                release.threshold(),
                false,
                Map.of(),
                release.lineage(),
                release.createdAt());
    }
}
