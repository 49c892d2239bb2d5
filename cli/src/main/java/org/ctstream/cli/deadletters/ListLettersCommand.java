package org.ctstream.cli.deadletters;

import java.io.PrintWriter;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.connect.ConnectionOptions;
import org.ctstream.cli.connect.PartitionReader;
import org.ctstream.cli.console.Json;
import org.ctstream.cli.console.ReadProgress;
import org.ctstream.cli.console.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ctstream dead-letters list}. */
@Command(
        name = "list",
        description = {
            "Counts dead letters by topic, stage and cause: how many, how many of them have been sent back, the first and"
                    + " the last time, the newest one's scan, and the remedy.",
            ""
        },
        footer = {"", "Example: ctstream dead-letters list --since 24h"})
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
        var progress = new ReadProgress(spec.commandLine().getErr());
        try (var reader = PartitionReader.ofRecords(from, progress)) {
            var letters = new LetterReader(reader);
            var groups = new LetterGroups(RedriveMarks.read(from, reader));
            letters.read(filter.among(letters.topics()), filter.since(), letter -> {
                if (filter.admits(letter)) {
                    groups.add(letter);
                }
            });
            print(groups, spec.commandLine().getOut());
        }
    }

    private void print(LetterGroups groups, PrintWriter out) {
        if (json) {
            groups.sorted().forEach(group -> out.println(Json.line(group)));
        } else if (groups.sorted().isEmpty()) {
            out.println("No dead letters");
        } else {
            table(groups).print(out);
        }
        out.flush();
    }

    private static Table table(LetterGroups groups) {
        var table = new Table(
                "COUNT", "REDRIVEN", "TOPIC", "STAGE", "CAUSE", "FIRST SEEN", "LAST SEEN", "NEWEST SCAN", "REMEDY");
        for (LetterGroup group : groups.sorted()) {
            table.row(
                    group.count(),
                    group.redriven(),
                    group.topic(),
                    group.stage(),
                    group.cause(),
                    group.firstSeen(),
                    group.lastSeen(),
                    group.exampleScanId(),
                    group.remedy() == null ? "" : group.remedy());
        }
        return table;
    }
}
