package org.ctstream.cli.quantize;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.ctstream.cli.CliException;
import org.ctstream.model.classify.ClassifierFactory;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.quantize.Calibration;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.Weights;
import org.ctstream.service.fetch.Sha256;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.dataset.LabeledImage;
import org.ctstream.trainer.dataset.Split;

/** Calibrates, compares, and stores what passes the gate. */
final class Quantization {
    private static final int STEP = 16;
    /** Fewer say too little about the range of anything. */
    private static final int FEWEST_SLICES = 8;

    private final ClassifierFactory engine;
    private final EngineOptions options;
    private final AccuracyGate gate;
    private final Consumer<String> progress;

    Quantization(ClassifierFactory engine, EngineOptions options, AccuracyGate gate, Consumer<String> progress) {
        this.engine = engine;
        this.options = options;
        this.gate = gate;
        this.progress = progress;
    }

    /**
     * What came of it.
     *
     * @param weights of the INT8 release
     * @param calibration what it was calibrated with, for people
     */
    record Candidate(Weights weights, String calibration, int slices) {}

    /** Calibrates with slices that are not among the validation images. */
    Candidate calibrate(StoredRelease original, CalibrationSlices source, int count, Dataset dataset) {
        int side = original.release().height();
        Set<String> held = digests(dataset, side);
        progress.accept("Reading scans from " + source.source());
        CalibrationSlices.Sample sample = source.take(count, side, pixels -> !held.contains(Sha256.hex(pixels)));
        List<byte[]> slices = sample.slices();
        String left = sample.unusable() + " unusable, " + sample.unwanted() + " there twice or for validation";
        if (slices.size() < FEWEST_SLICES) {
            throw CliException.failure(
                    "Cannot calibrate release " + original.release().id() + " with " + slices.size() + " scans of "
                            + source.source() + " (expected: " + FEWEST_SLICES + " or more; left out: " + left + ")",
                    null);
        }
        progress.accept("Calibrating with " + slices.size() + " scans (left out: " + left + ")");
        try (Calibration calibration = Calibration.open(original, options.threads())) {
            for (byte[] slice : slices) {
                calibration.add(slice);
                if (calibration.slices() % STEP == 0 || calibration.slices() == slices.size()) {
                    progress.accept("  " + calibration.slices() + " of " + slices.size());
                }
            }
            return new Candidate(
                    calibration.quantized(), slices.size() + " scans of " + source.source(), slices.size());
        }
    }

    /** Compares, in a store of its own. */
    Comparison compare(StoredRelease original, ReleaseId to, Candidate candidate, Dataset dataset, Path scratch) {
        ModelRelease trial = manifest(original, to, candidate, candidate.calibration(), Map.of());
        StoredRelease stored = new ModelStore(scratch).save(trial, candidate.weights());
        List<LabeledImage> images = dataset.images(Split.VALIDATION);
        progress.accept("Comparing on " + images.size() + " validation images");
        return new ReleaseComparison(engine, options).compare(original, stored, dataset, images, done -> {
            if (done % (2 * STEP) < options.maxBatch() || done == images.size()) {
                progress.accept("  " + done + " of " + images.size());
            }
        });
    }

    /**
     * Stores it.
     *
     * @throws CliException if the gate refuses it
     */
    StoredRelease store(
            StoredRelease original, ReleaseId to, Candidate candidate, Comparison comparison, ModelStore store) {
        gate.refusal(comparison).ifPresent(reason -> {
            throw CliException.failure("The INT8 release " + to + " is not stored: " + reason + ".", null);
        });
        ModelRelease measured = manifest(
                original,
                to,
                candidate,
                candidate.calibration() + "; its figures are those of " + comparison.measuredWith(),
                QuantizedManifest.metrics(comparison, candidate.slices()));
        return store.save(
                measured,
                candidate.weights(),
                QuantizedCard.of(original.release(), measured, candidate.calibration(), comparison, gate));
    }

    private static ModelRelease manifest(
            StoredRelease original, ReleaseId to, Candidate candidate, String how, Map<String, Double> metrics) {
        return QuantizedManifest.of(original.release(), to, candidate.weights(), how, metrics);
    }

    private static Set<String> digests(Dataset dataset, int side) {
        Set<String> digests = new HashSet<>();
        for (LabeledImage image : dataset.images(Split.VALIDATION)) {
            digests.add(Sha256.hex(dataset.slice(image, side).pixels()));
        }
        return digests;
    }
}
