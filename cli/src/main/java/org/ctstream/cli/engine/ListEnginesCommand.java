package org.ctstream.cli.engine;

import java.io.PrintWriter;
import java.util.List;
import org.ctstream.cli.console.Json;
import org.ctstream.cli.console.Table;
import org.ctstream.model.engine.Engines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ctstream engine list}. */
@Command(
        name = "list",
        description = {
            "Shows each engine with each device: its version if it is available, else what is missing and what to install.",
            "Engine \"auto\" takes the first of tensorrt, onnxruntime-tensorrt, onnxruntime and pytorch that works on a GPU,"
                    + " else the faster of onnxruntime and pytorch on the processor."
        })
public final class ListEnginesCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--json", description = "One JSON line per engine and device instead of a table.")
    private boolean json;

    @Override
    public void run() {
        List<EngineRow> rows = new EngineTargets(Engines.standard())
                .all().stream().map(EngineRow::of).toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            rows.forEach(row -> out.println(Json.line(row)));
            out.flush();
            return;
        }
        var table = new Table("ENGINE", "DEVICE", "AVAILABLE", "VERSION", "NOTE");
        for (EngineRow row : rows) {
            table.row(
                    row.engine(),
                    row.device(),
                    row.available() ? "yes" : "no",
                    row.version() == null ? "" : row.version(),
                    row.note());
        }
        table.print(out);
    }
}
