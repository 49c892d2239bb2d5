package org.ctstream.cli.shadow;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ctstream.cli.console.Table;
import org.ctstream.cli.evaluate.EvaluationReport.Metrics;
import org.jspecify.annotations.Nullable;

/** A report for people, on a terminal. */
final class ShadowText {
    private static final int FLIPS_SHOWN = 10;
    private static final int SOURCES_SHOWN = 10;

    private final ShadowReport report;

    ShadowText(ShadowReport report) {
        this.report = report;
    }

    void print(PrintWriter out) {
        about(out);
        out.println();
        agreement().print(out);
        labelled(out);
        sources(out);
        flips(out);
        counts(out, "Not compared:", report.skipped());
        counts(out, "Labels left out:", report.labelsLeftOut());
        out.println();
        if (report.partial()) {
            out.println("Broken off: this is the report so far, and no promotion goes by it.");
        }
        out.println(report.notice());
        out.flush();
    }

    private void about(PrintWriter out) {
        ShadowReport.Range range = report.range();
        ShadowReport.Engine engine = report.engine();
        EngineLatency latency = report.latency();
        out.println("candidate   " + report.candidate().id() + " (weights "
                + report.candidate().sha256().substring(0, 12) + ")"
                + (report.candidate().trained() ? "" : " untrained"));
        out.println("production  " + report.production().id() + " (weights "
                + report.production().sha256().substring(0, 12) + ")");
        out.println("range       " + range.mode() + ", " + range.slices() + " slices of " + range.from() + " to "
                + range.to());
        out.println("engine      " + engine.name() + " " + engine.version() + " on " + engine.device() + ", batch "
                + engine.batch()
                + (latency == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                ", %.1f ms per slice (95 %%: %.1f ms)",
                                latency.medianMillis(),
                                latency.p95Millis())));
    }

    private Table agreement() {
        Agreement agreement = report.agreement();
        Differences differences = report.differences();
        var table = new Table("BOTH RELEASES", "VALUE")
                .row("scans compared", agreement.scans())
                .row("agreement", percent(agreement.share()))
                .row("Cohen's kappa", number(agreement.kappa()))
                .row("flips to positive", agreement.flipsToPositive())
                .row("flips to negative", agreement.flipsToNegative())
                .row("only the candidate undecided", agreement.candidateIndeterminate())
                .row("production undecided", agreement.productionIndeterminate());
        if (differences != null) {
            table.row("difference of probability, mean", signed(differences.mean()))
                    .row("its middle 90 %", signed(differences.p05()) + " to " + signed(differences.p95()))
                    .row("its extremes", signed(differences.least()) + " to " + signed(differences.most()));
        }
        return table;
    }

    private void labelled(PrintWriter out) {
        ShadowReport.Labelled labelled = report.labelled();
        out.println();
        if (labelled == null) {
            out.println("No scan compared has a reader's label: ROC and calibration cannot be told.");
            return;
        }
        Metrics candidate = labelled.candidate();
        Metrics production = labelled.production();
        new Table(
                        "ON " + labelled.scans() + " LABELLED SCANS (" + labelled.positives() + " POSITIVE)",
                        "CANDIDATE",
                        "PRODUCTION")
                .row(
                        "AUC",
                        number(candidate.auc().value()),
                        number(production.auc().value()))
                .row(
                        "its 95 % interval",
                        interval(candidate.auc().low(), candidate.auc().high()),
                        interval(production.auc().low(), production.auc().high()))
                .row(
                        "sensitivity",
                        number(candidate.sensitivity().value()),
                        number(production.sensitivity().value()))
                .row(
                        "specificity",
                        number(candidate.specificity().value()),
                        number(production.specificity().value()))
                .row("Brier score", number(candidate.brier()), number(production.brier()))
                .row(
                        "expected calibration error",
                        number(candidate.expectedCalibrationError()),
                        number(production.expectedCalibrationError()))
                .print(out);
    }

    private void sources(PrintWriter out) {
        List<SourceFlips> flipping =
                report.sources().stream().filter(source -> source.flips() > 0).toList();
        if (flipping.isEmpty()) {
            return;
        }
        out.println();
        var table = new Table("SOURCE", "SCANS", "FLIPS", "RATE");
        flipping.stream()
                .limit(SOURCES_SHOWN)
                .forEach(source -> table.row(source.source(), source.scans(), source.flips(), percent(source.rate())));
        table.print(out);
    }

    private void flips(PrintWriter out) {
        if (report.flips().isEmpty()) {
            return;
        }
        out.println();
        var table = new Table("SCAN CALLED OTHERWISE", "CANDIDATE", "", "PRODUCTION", "");
        report.flips().stream()
                .limit(FLIPS_SHOWN)
                .forEach(flip -> table.row(
                        flip.scanId(),
                        flip.candidate().toLowerCase(Locale.ROOT),
                        number(flip.candidateProbability()),
                        flip.production().toLowerCase(Locale.ROOT),
                        number(flip.productionProbability())));
        table.print(out);
        if (report.agreement().flips() > FLIPS_SHOWN) {
            out.println("... of " + report.agreement().flips() + " (--out DIR writes up to " + ShadowReport.MOST_FLIPS
                    + ")");
        }
    }

    private static void counts(PrintWriter out, String title, Map<String, Long> counts) {
        if (counts.isEmpty()) {
            return;
        }
        out.println();
        out.println(title);
        counts.forEach((reason, count) -> out.println("  " + count + "  " + reason));
    }

    static String number(@Nullable Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }

    static String percent(@Nullable Double share) {
        return share == null ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    static String signed(double value) {
        return String.format(Locale.ROOT, "%+.4f", value);
    }

    static String interval(@Nullable Double low, @Nullable Double high) {
        return low == null || high == null ? "-" : number(low) + " to " + number(high);
    }
}
