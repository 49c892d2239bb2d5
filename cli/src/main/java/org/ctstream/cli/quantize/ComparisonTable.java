package org.ctstream.cli.quantize;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.trainer.evaluate.Estimate;
import org.ctstream.trainer.evaluate.Evaluation;

/** A comparison as rows for people. */
final class ComparisonTable {
    private ComparisonTable() {}

    /**
     * One row.
     *
     * @param figure what it is
     * @param original of the float release
     * @param quantized of the INT8 one
     */
    record Row(String figure, String original, String quantized) {}

    static List<Row> of(Comparison comparison) {
        Evaluation original = comparison.originalEvaluation();
        Evaluation quantized = comparison.quantizedEvaluation();
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("AUC", interval(original.aucEstimate()), interval(quantized.aucEstimate())));
        rows.add(new Row("accuracy", interval(original.accuracy()), interval(quantized.accuracy())));
        rows.add(new Row("sensitivity", interval(original.sensitivity()), interval(quantized.sensitivity())));
        rows.add(new Row("specificity", interval(original.specificity()), interval(quantized.specificity())));
        rows.add(new Row("Brier score", number(original.brier()), number(quantized.brier())));
        rows.add(new Row("ms per slice", millis(comparison.originalMillis()), millis(comparison.quantizedMillis())));
        return rows;
    }

    /** What a table has no place for. */
    static String summary(Comparison comparison) {
        return String.format(
                Locale.ROOT,
                "AUC drop %.4f; %d of %d images called otherwise at the threshold %.4f; probabilities differ by %.4f at"
                        + " most, %.4f on average; %.2f times as fast, measured in turn on %s.",
                comparison.aucDrop(),
                comparison.flips(),
                comparison.original().size(),
                comparison.threshold(),
                comparison.largestDifference(),
                comparison.meanDifference(),
                comparison.speedRatio(),
                engine(comparison.engine()));
    }

    /** Without the precision, which is not the same for both. */
    private static String engine(EngineDescription engine) {
        return engine.engine() + " " + engine.version() + " on " + engine.device() + ", threads " + engine.threads();
    }

    private static String interval(Estimate estimate) {
        return number(estimate.value())
                + (estimate.isDefined() ? " (" + number(estimate.low()) + " to " + number(estimate.high()) + ")" : "");
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
