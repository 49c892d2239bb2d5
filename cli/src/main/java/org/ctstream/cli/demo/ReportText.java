package org.ctstream.cli.demo;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.ctstream.cli.console.Table;

/** A report for people. */
final class ReportText {
    private static final int ALL_UP_TO = 40;
    private static final int OTHERWISE = 20;
    private static final double MILLIS = 1000.0;

    private final Report report;
    private final String rest;

    /** @param rest where rows that are not shown can be seen */
    ReportText(Report report, String rest) {
        this.report = report;
        this.rest = rest;
    }

    void print(PrintWriter out) {
        out.println();
        if (!report.results().isEmpty()) {
            results().print(out);
            more(report.results().size(), out);
        }
        if (!report.deadLetters().isEmpty()) {
            out.println();
            out.println("Dead letters");
            deadLetters().print(out);
            more(report.deadLetters().size(), out);
        }
        out.println();
        summary(out);
        unaccounted(out);
        out.flush();
    }

    private Table results() {
        var table = new Table("SCAN", "LABEL", "PROBABILITY", "MODEL", "ENGINE");
        for (Report.Result result : shown(report.results())) {
            table.row(
                    result.source(),
                    result.label(),
                    probability(result),
                    result.modelName() + ":" + result.modelVersion(),
                    result.engine());
        }
        return table;
    }

    private Table deadLetters() {
        var table = new Table("SCAN", "STAGE", "REASON", "ERROR");
        for (Report.Rejected letter : shown(report.deadLetters())) {
            table.row(letter.source(), letter.stage(), letter.reason(), letter.error());
        }
        return table;
    }

    private void summary(PrintWriter out) {
        out.println("published     " + report.published());
        out.println("normalized    " + report.normalized());
        out.println("classified    " + report.classified());
        out.println("stored        " + report.stored());
        out.println("alerted       " + report.alerted());
        out.println("dead-lettered " + report.deadLettered());
        out.println("duplicates    " + report.duplicates());
        out.println(String.format(
                Locale.ROOT,
                "elapsed       %.1f s, %.1f scans/s",
                report.elapsedMs() / MILLIS,
                report.scansPerSecond()));
        Report.Latency latency = report.latencyMs();
        if (latency != null) {
            out.println("latency       p50 " + latency.p50() + " ms, p95 " + latency.p95() + " ms, p99 " + latency.p99()
                    + " ms (published to stored)");
        }
        if (!report.models().isEmpty()) {
            out.println("model         " + String.join(", ", report.models()));
        }
        if (report.results().stream().anyMatch(result -> !result.modelTrained())) {
            out.println();
            out.println("The model is untrained: its probabilities mean nothing. Not a medical device.");
        }
    }

    private void unaccounted(PrintWriter out) {
        names(report.missing(), "Neither stored nor dead-lettered", out);
        names(report.contradictory(), "Both stored and dead-lettered", out);
        names(
                report.refused().stream()
                        .map(refusal -> refusal.path() + ": " + refusal.reason())
                        .toList(),
                "Not published",
                out);
        if (report.isComplete()) {
            out.println();
            out.println("Every published scan is accounted for, exactly once.");
        }
    }

    private static void names(List<String> names, String heading, PrintWriter out) {
        if (!names.isEmpty()) {
            out.println();
            out.println(heading + " (" + names.size() + "):");
            names.forEach(name -> out.println("  " + name));
        }
    }

    private static String probability(Report.Result result) {
        Double value = result.probability();
        String number = value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
        return result.modelTrained() ? number : number + " untrained";
    }

    private static <T> List<T> shown(List<T> rows) {
        return rows.size() <= ALL_UP_TO ? rows : rows.subList(0, OTHERWISE);
    }

    private void more(int rows, PrintWriter out) {
        if (rows > ALL_UP_TO) {
            out.println("... and " + (rows - OTHERWISE) + " more " + rest);
        }
    }
}
