package org.ctstream.cli.roles;

import java.util.concurrent.Callable;
import org.ctstream.sink.ResultsSink;
import org.ctstream.sink.SinkKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ctstream sink}. */
@Command(
        name = "sink",
        description = {
            "Runs the results sink: stores results, raises alerts, serves the API and the review page.",
            "Runs until it is told to stop (SIGTERM, Ctrl-C); then it finishes and commits what it has in hand.",
            ""
        },
        footer = {"", "Example: ctstream sink --config sink.properties -D http.port=8080"})
public final class SinkCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private RoleOptions options = new RoleOptions();

    @Override
    public Integer call() {
        return new RoleRunner("results-sink", SinkKeys.def(), ResultsSink::create)
                .run(options, spec.commandLine().getOut());
    }
}
