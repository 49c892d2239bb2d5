package org.ctstream.cli.evaluate;

import java.io.PrintWriter;
import java.util.Locale;
import org.ctstream.cli.console.Table;
import org.ctstream.trainer.evaluate.Confusion;
import org.jspecify.annotations.Nullable;

/** A report for people. */
final class EvaluationText {
    private static final int REFUSALS_SHOWN = 10;

    private final EvaluationReport report;

    EvaluationText(EvaluationReport report) {
        this.report = report;
    }

    void print(PrintWriter out) {
        about(out);
        out.println();
        metrics().print(out);
        out.println();
        confusion().print(out);
        refusals(out);
        out.println();
        out.println(report.notice());
        out.flush();
    }

    private void about(PrintWriter out) {
        EvaluationReport.Model model = report.model();
        EvaluationReport.Data data = report.data();
        EvaluationReport.Engine engine = report.engine();
        out.println("model      " + model.name() + ":" + model.version() + " (" + model.architecture() + ", weights "
                + model.sha256().substring(0, 12) + ")" + (model.trained() ? "" : " untrained"));
        out.println("data       " + data.split() + ": " + data.images() + " images of " + data.list() + ", "
                + data.positives() + " positive, " + data.negatives() + " negative");
        out.println(String.format(
                Locale.ROOT,
                "engine     %s %s on %s, batch %d%s, %.1f s",
                engine.name(),
                engine.version(),
                engine.device(),
                engine.batch(),
                engine.views() == 1 ? "" : ", mean over " + engine.views() + " flips",
                report.durationMs() / 1000.0));
        out.println(String.format(
                Locale.ROOT,
                "threshold  %.4f (%s)",
                report.threshold().value(),
                report.threshold().source()));
    }

    private Table metrics() {
        EvaluationReport.Metrics metrics = report.metrics();
        return new Table("METRIC", "VALUE", "95 % INTERVAL")
                .row("AUC", number(metrics.auc().value()), interval(metrics.auc()))
                .row("AUC by hard labels", number(metrics.aucByHardLabels()), "")
                .row("accuracy", number(metrics.accuracy().value()), interval(metrics.accuracy()))
                .row("sensitivity", number(metrics.sensitivity().value()), interval(metrics.sensitivity()))
                .row("specificity", number(metrics.specificity().value()), interval(metrics.specificity()))
                .row("F1", number(metrics.f1()), "")
                .row("Brier score", number(metrics.brier()), "")
                .row("expected calibration error", number(metrics.expectedCalibrationError()), "");
    }

    private Table confusion() {
        Confusion confusion = report.confusion();
        return new Table("", "PREDICTED NEGATIVE", "PREDICTED POSITIVE")
                .row("negative images", confusion.trueNegatives(), confusion.falsePositives())
                .row("positive images", confusion.falseNegatives(), confusion.truePositives());
    }

    private void refusals(PrintWriter out) {
        if (report.refused().isEmpty()) {
            return;
        }
        out.println();
        out.println("Refused, and in no metric (" + report.refused().size() + "):");
        var table = new Table("SOURCE", "REASON");
        report.refused().stream()
                .limit(REFUSALS_SHOWN)
                .forEach(refused -> table.row(refused.source(), refused.reason()));
        table.print(out);
        if (report.refused().size() > REFUSALS_SHOWN) {
            out.println(
                    "... and " + (report.refused().size() - REFUSALS_SHOWN) + " more (--report FILE writes them all)");
        }
    }

    private static String number(@Nullable Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }

    private static String interval(EvaluationReport.Interval interval) {
        return interval.value() == null ? "" : number(interval.low()) + " to " + number(interval.high());
    }
}
