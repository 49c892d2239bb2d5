package org.ctstream.trainer.release;

import java.util.Map;
import java.util.TreeMap;
import org.ctstream.trainer.evaluate.Evaluation;
import org.ctstream.trainer.run.FinishedPhase;

/** The numbers that go into a release's manifest, all from validation. */
final class ReleaseFigures {
    private ReleaseFigures() {}

    static Map<String, Double> of(Evaluation evaluation, FinishedPhase phase) {
        Map<String, Double> figures = new TreeMap<>();
        figures.put("validation.images", (double) evaluation.images());
        figures.put("validation.auc", evaluation.auc());
        figures.put("validation.auc.low", evaluation.aucEstimate().low());
        figures.put("validation.auc.high", evaluation.aucEstimate().high());
        figures.put("validation.accuracy", evaluation.accuracy().value());
        figures.put("validation.f1", evaluation.f1());
        figures.put("validation.sensitivity", evaluation.sensitivity().value());
        figures.put("validation.specificity", evaluation.specificity().value());
        figures.put("validation.brier", evaluation.brier());
        figures.put("training.epochs", (double) phase.progress().epoch());
        figures.put("training.best.epoch", (double) phase.progress().bestEpoch());
        // A figure that the images do not determine has no place in a manifest.
        figures.values().removeIf(value -> value.isNaN());
        return figures;
    }
}
