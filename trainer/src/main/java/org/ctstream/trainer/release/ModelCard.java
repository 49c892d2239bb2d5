package org.ctstream.trainer.release;

import java.util.Locale;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.trainer.evaluate.Estimate;
import org.ctstream.trainer.evaluate.Evaluation;
import org.ctstream.trainer.run.FinishedPhase;
import org.ctstream.trainer.run.RunRecord;

/**
 * A page for people about a release, Markdown.
 *
 * @see "Mitchell et al., Model Cards for Model Reporting, FAT* 2019"
 */
final class ModelCard {
    private ModelCard() {}

    static String of(ModelRelease release, RunRecord record, FinishedPhase phase, Evaluation evaluation) {
        StringBuilder card = new StringBuilder();
        line(card, "# " + release.id());
        line(card, "");
        line(card, release.description());
        line(card, "");
        line(card, "**Not a medical device.** For research and engineering; no clinical decision may rest on it.");
        line(card, "");
        line(card, "## What it is");
        line(card, "");
        line(
                card,
                "- Architecture: " + release.architecture() + ", two classes: negative, positive (COVID-19 findings).");
        line(
                card,
                "- Input: one grey chest CT slice, " + release.height() + " x " + release.width()
                        + ", standardised with mean " + number(release.mean().get(0)) + " and standard deviation "
                        + number(release.standardDeviation().get(0)) + ".");
        line(card, "- Weights: safetensors, kernels in half precision, SHA-256 `" + release.sha256() + "`.");
        line(
                card,
                "- Said positive from probability " + number(release.threshold())
                        + " on, chosen on the validation images (Youden's index).");
        line(card, "");
        line(card, "## What it was trained on");
        line(card, "");
        line(card, "- Images: " + record.images() + ", fingerprint `" + record.dataset() + "`.");
        line(
                card,
                "- Offsets of the labelled scans' topic: "
                        + (record.labelOffsets().isEmpty()
                                ? "none, local lists"
                                : record.labelOffsets().toString()) + ".");
        line(
                card,
                "- Began from: " + (record.initialWeights().isEmpty() ? "random weights" : record.initialWeights())
                        + ". Seed " + record.seed() + ", program version " + record.codeVersion() + ".");
        line(
                card,
                "- Phase " + phase.settings().name() + ", epoch "
                        + phase.progress().bestEpoch() + " of "
                        + phase.progress().epoch() + ", the best on validation.");
        line(card, "");
        line(card, "## How good it is");
        line(card, "");
        line(
                card,
                "On the " + evaluation.images() + " validation images (" + evaluation.positives() + " positive), which"
                        + " also chose the epoch and the threshold, so that these figures flatter. 95 % intervals.");
        line(card, "");
        line(card, "| figure | value |");
        line(card, "| --- | --- |");
        line(card, "| AUC | " + estimate(evaluation.aucEstimate()) + " |");
        line(card, "| accuracy | " + estimate(evaluation.accuracy()) + " |");
        line(card, "| sensitivity | " + estimate(evaluation.sensitivity()) + " |");
        line(card, "| specificity | " + estimate(evaluation.specificity()) + " |");
        line(card, "| F1 | " + number(evaluation.f1()) + " |");
        line(card, "| Brier score | " + number(evaluation.brier()) + " |");
        line(card, "| expected calibration error | " + number(evaluation.ece()) + " |");
        line(card, "");
        line(card, "## Limits");
        line(card, "");
        line(
                card,
                "- It knows slices like those it was trained on. Other scanners, windows and hospitals can bring it below"
                        + " chance; evaluate it on your own images first (`ctstream evaluate`).");
        line(card, "- It says nothing about other diseases, and a slice that is no chest CT gets a probability too.");
        return card.toString();
    }

    private static void line(StringBuilder card, String text) {
        card.append(text).append('\n');
    }

    private static String estimate(Estimate estimate) {
        return number(estimate.value()) + " (" + number(estimate.low()) + " to " + number(estimate.high()) + ")";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
