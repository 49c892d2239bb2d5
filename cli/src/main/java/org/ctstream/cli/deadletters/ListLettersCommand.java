package org.ctstream.cli.deadletters;

import java.io.PrintWriter;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.connect.ConnectionOptions;
import org.ctstream.cli.console.Json;
import org.ctstream.cli.console.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ctstream dead-letters list}. */
@Command(
        name = "list",
        description = "Counts dead letters by topic, stage and reason; names the newest of each kind and the remedy.")
public final class ListLettersCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private LetterFilter filter = new LetterFilter();

    @Option(names = "--json", description = "One JSON line per group instead of a table.")
    private boolean json;

    @Override
    public void run() {
        Connection from = connection.connection();
        var reader = new LetterReader(from);
        var groups = new LetterGroups(RedriveMarks.read(from));
        reader.read(filter.among(reader.topics()), letter -> {
            if (filter.admits(letter)) {
                groups.add(letter);
            }
        });
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            groups.sorted().forEach(group -> out.println(Json.line(group)));
        } else if (groups.sorted().isEmpty()) {
            out.println("No dead letters");
        } else {
            print(groups, out);
        }
        out.flush();
    }

    private static void print(LetterGroups groups, PrintWriter out) {
        var table = new Table("COUNT", "REDRIVEN", "TOPIC", "STAGE", "REASON", "NEWEST", "EXAMPLE SCAN", "REMEDY");
        for (LetterGroup group : groups.sorted()) {
            table.row(
                    group.count(),
                    group.redriven(),
                    group.topic(),
                    group.stage(),
                    group.reason(),
                    group.newest(),
                    group.exampleScanId(),
                    group.remedy() == null ? "" : group.remedy());
        }
        table.print(out);
    }
}
