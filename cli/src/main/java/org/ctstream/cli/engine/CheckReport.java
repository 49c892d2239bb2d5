package org.ctstream.cli.engine;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.ctstream.cli.console.Table;
import org.ctstream.model.engine.measure.Machine;
import org.ctstream.model.engine.measure.Parity;

/**
 * What a check found.
 *
 * @param reference the engine the others are compared with
 * @param slices what was classified
 */
@JsonPropertyOrder({"machine", "release", "reference", "slices", "engines"})
record CheckReport(Machine machine, String release, String reference, String slices, List<CheckRow> engines) {

    void print(PrintWriter out) {
        out.println("Machine:   " + machine.text());
        out.println("Release:   " + release);
        out.println("Reference: " + reference);
        out.println("Slices:    " + slices);
        out.println();
        var table = new Table(
                "ENGINE",
                "DEVICE",
                "PRECISION",
                "RESULT",
                "MAX DIFFERENCE",
                "MEAN",
                "ALLOWED",
                "LABEL FLIPS",
                "HEATMAPS");
        for (CheckRow row : engines) {
            Parity.Report parity = row.parity();
            table.row(
                    row.engine(),
                    row.device(),
                    row.precision() == null ? "" : row.precision(),
                    row.result(),
                    parity == null ? "" : number(parity.maxDifference()),
                    parity == null ? "" : number(parity.meanDifference()),
                    number(row.tolerance()),
                    parity == null ? "" : parity.labelFlips() + " of " + parity.slices(),
                    parity == null || parity.heatmaps() == 0 ? "" : number(parity.maxHeatmapDifference()));
        }
        table.print(out);
        for (CheckRow row : engines) {
            if (row.failure() != null) {
                out.println(row.engine() + " on " + row.device() + " " + row.result() + ": " + row.failure());
            } else if (row.parity() != null) {
                row.parity()
                        .objection(row.tolerance())
                        .ifPresent(why -> out.println(
                                row.engine() + " on " + row.device() + " and the reference are different: " + why));
            }
        }
        out.flush();
    }

    private static String number(double difference) {
        return String.format(Locale.ROOT, "%.1e", difference);
    }
}
