package org.ctstream.cli.model;

import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.ctstream.cli.connect.ConnectionOptions;
import org.ctstream.cli.connect.StoreOption;
import org.ctstream.cli.console.Json;
import org.ctstream.cli.console.Table;
import org.ctstream.releases.ReleaseCatalogue;
import org.ctstream.releases.SkippedRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ctstream model list}. */
@Command(
        name = "list",
        description = {
            "Shows every release in the model store or on the topic, with its stage, its results in evaluation and"
                    + " whether workers serve it.",
            "STORE says \"no\" for a release that was announced and is not in this store, and \"other\" for one that has"
                    + " other weights here than those announced: workers serve neither."
        })
public final class ListModelsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private StoreOption store = new StoreOption();

    @Option(names = "--store-only", description = "Show what the store has and ask no cluster.")
    private boolean storeOnly;

    @Option(names = "--json", description = "One JSON line per release instead of a table.")
    private boolean json;

    @Override
    public void run() {
        ReleaseCatalogue catalogue = storeOnly ? ReleaseCatalogue.EMPTY : new Announced(connection.connection()).read();
        List<ModelRow> rows = ModelRows.of(store.store(), catalogue);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            rows.forEach(row -> out.println(Json.line(row)));
        } else if (rows.isEmpty()) {
            out.println("No releases in " + store.store().root());
        } else {
            print(rows, out);
        }
        out.flush();
        for (SkippedRecord skipped : catalogue.skipped()) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("Passed over offset " + skipped.offset() + ": " + skipped.reason());
            err.flush();
        }
    }

    private static void print(List<ModelRow> rows, PrintWriter out) {
        var table = new Table("RELEASE", "STAGE", "SERVED", "AUC", "ACCURACY", "F1", "TRAINED", "CREATED", "STORE");
        for (ModelRow row : rows) {
            table.row(
                    row.release(),
                    text(row.stage()),
                    row.served() ? "yes" : "",
                    row.metric("auc"),
                    row.metric("accuracy"),
                    row.metric("f1"),
                    row.trained() == null ? "" : row.trained() ? "yes" : "no",
                    row.created() == null ? "" : row.created().truncatedTo(ChronoUnit.SECONDS),
                    row.store());
        }
        table.print(out);
    }

    private static String text(@Nullable String stage) {
        return stage == null ? "" : stage;
    }
}
