package org.ctstream.cli.quantize;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.ctstream.cli.version.ProgramVersion;
import org.ctstream.model.release.Lineage;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.weights.Weights;
import org.ctstream.trainer.evaluate.Estimate;
import org.ctstream.trainer.evaluate.Evaluation;

/** The manifest of an INT8 release. */
final class QuantizedManifest {
    private QuantizedManifest() {}

    /**
     * The manifest.
     *
     * <p>The threshold stays the float release's: a decision must not move silently.
     *
     * @param how what it was calibrated with, and what measured it
     */
    static ModelRelease of(
            ModelRelease original, ReleaseId id, Weights weights, String how, Map<String, Double> metrics) {
        return new ModelRelease(
                id.name(),
                id.version(),
                "INT8 form of " + original.id() + ", calibrated with " + how + ".",
                original.architecture(),
                weights.sha256(),
                original.height(),
                original.width(),
                original.mean(),
                original.standardDeviation(),
                original.classes(),
                original.threshold(),
                original.trained(),
                metrics,
                new Lineage(
                        original.lineage().labelOffsets(),
                        original.lineage().seed(),
                        ProgramVersion.text(),
                        original.id().toString()),
                Instant.now().truncatedTo(ChronoUnit.MILLIS));
    }

    /** What was measured, by the names releases have for it. */
    static Map<String, Double> metrics(Comparison comparison, int slices) {
        Map<String, Double> metrics = new TreeMap<>();
        Evaluation evaluation = comparison.quantizedEvaluation();
        put(metrics, "auc", evaluation.aucEstimate());
        metrics.put("validation.accuracy", evaluation.accuracy().value());
        metrics.put("validation.sensitivity", evaluation.sensitivity().value());
        metrics.put("validation.specificity", evaluation.specificity().value());
        metrics.put("validation.f1", evaluation.f1());
        metrics.put("validation.brier", evaluation.brier());
        metrics.put("validation.images", (double) evaluation.images());
        metrics.put("quantization.auc.float", comparison.originalEvaluation().auc());
        metrics.put("quantization.auc.drop", comparison.aucDrop());
        metrics.put("quantization.flips", (double) comparison.flips());
        metrics.put("quantization.difference.largest", comparison.largestDifference());
        metrics.put("quantization.difference.mean", comparison.meanDifference());
        metrics.put("quantization.speed.ratio", comparison.speedRatio());
        metrics.put("quantization.slices", (double) slices);
        metrics.values().removeIf(value -> value.isNaN());
        return metrics;
    }

    private static void put(Map<String, Double> metrics, String name, Estimate estimate) {
        metrics.put("validation." + name, estimate.value());
        metrics.put("validation." + name + ".low", estimate.low());
        metrics.put("validation." + name + ".high", estimate.high());
    }
}
