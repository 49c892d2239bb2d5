package org.ctstream.cli.roles;

import java.util.concurrent.Callable;
import org.ctstream.ingest.IngestKeys;
import org.ctstream.ingest.IngestService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ctstream ingest}. */
@Command(
        name = "ingest",
        description = {
            "Runs the ingest service: decodes scans and normalises them to slices.",
            "Runs until it is told to stop (SIGTERM, Ctrl-C); then it finishes and commits what it has in hand.",
            ""
        },
        footer = {"", "Example: ctstream ingest --config ingest.properties -D http.port=8090"})
public final class IngestCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private RoleOptions options = new RoleOptions();

    @Override
    public Integer call() {
        return new RoleRunner("ingest", IngestKeys.def(), IngestService::create)
                .run(options, spec.commandLine().getOut());
    }
}
