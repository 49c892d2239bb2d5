package org.ctstream.cli.engine;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.ctstream.cli.console.Table;
import org.ctstream.model.engine.measure.Machine;

/**
 * What a benchmark found.
 *
 * @param reference the engine the ratios are to
 * @param engines each contestant in full
 * @param notMeasured engines that are available and were not measured, with the reason
 */
@JsonPropertyOrder({"machine", "release", "reference", "engines", "notMeasured", "rows"})
record BenchReport(
        Machine machine,
        String release,
        String reference,
        List<String> engines,
        List<String> notMeasured,
        List<BenchRow> rows) {

    void print(PrintWriter out) {
        out.println("Machine:   " + machine.text());
        out.println("Release:   " + release);
        out.println("Reference: " + reference);
        engines.forEach(engine -> out.println("Measured:  " + engine));
        notMeasured.forEach(engine -> out.println("Not run:   " + engine));
        out.println();
        var table = new Table(
                "ENGINE", "DEVICE", "BATCH", "CALLS", "P50 MS", "P95 MS", "P99 MS", "MS/SLICE", "SLICES/S", "RATIO");
        for (BenchRow row : rows) {
            table.row(
                    row.engine(),
                    row.device(),
                    row.batch(),
                    row.calls(),
                    number(row.p50Millis()),
                    number(row.p95Millis()),
                    number(row.p99Millis()),
                    number(row.millisPerSlice()),
                    number(row.slicesPerSecond()),
                    number(row.ratioToReference()));
        }
        table.print(out);
        out.println();
        out.println(
                "Times are of a whole batch, one call after the other. A percentile of few calls is the slowest of them."
                        + " RATIO is slices a second over the reference's, measured in turn in this run.");
        out.flush();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
