package org.ctstream.cli.quantize;

import java.util.Locale;
import org.ctstream.model.release.ModelRelease;

/** The model card of an INT8 release, Markdown. */
final class QuantizedCard {
    private QuantizedCard() {}

    static String of(
            ModelRelease original,
            ModelRelease quantized,
            String calibration,
            Comparison comparison,
            AccuracyGate gate) {
        var card = new StringBuilder();
        line(card, "# " + quantized.id());
        line(card, "");
        line(card, quantized.description());
        line(card, "");
        line(card, "**Not a medical device.** For research and engineering; no clinical decision may rest on it.");
        line(card, "");
        line(card, "## What it is");
        line(card, "");
        line(
                card,
                "- The network of " + original.id() + " (" + original.architecture() + ", weights `" + original.sha256()
                        + "`) whose convolutions, all but the first, compute in 8-bit integers. Its card says how it was"
                        + " trained.");
        line(
                card,
                "- Calibrated with " + calibration + ", without labels: from the lowest to the highest number seen.");
        line(
                card,
                "- Threshold " + String.format(Locale.ROOT, "%.4f", quantized.threshold())
                        + ": the float release's, not chosen anew.");
        line(card, "- Weights: safetensors, SHA-256 `" + quantized.sha256() + "`.");
        line(card, "- Engines that compute in float refuse it: it is not the function that they would run.");
        line(card, "");
        line(card, "## What it lost and won");
        line(card, "");
        line(
                card,
                "On the " + comparison.original().size() + " validation images; 95 % intervals. They were left out of"
                        + " calibration by their content; other slices of the same patients may have taken part. A drop of"
                        + " the AUC by more than " + gate.maxAucDrop() + ", or a share of more than " + gate.maxFlips()
                        + " called otherwise, would have refused it.");
        line(card, "");
        line(
                card,
                "Measured with " + comparison.measuredWith() + ". Processors and GPUs round to different integers:"
                        + " before it is served by the other kind, measure it there.");
        line(card, "");
        line(card, "| figure | float | INT8 |");
        line(card, "| --- | --- | --- |");
        ComparisonTable.of(comparison)
                .forEach(row ->
                        line(card, "| " + row.figure() + " | " + row.original() + " | " + row.quantized() + " |"));
        line(card, "");
        line(card, ComparisonTable.summary(comparison));
        line(card, "");
        line(
                card,
                "Times hold for the machine they were measured on. The limits are those of the float release, and this"
                        + " one's probabilities are its own.");
        return card.toString();
    }

    private static void line(StringBuilder card, String text) {
        card.append(text).append('\n');
    }
}
