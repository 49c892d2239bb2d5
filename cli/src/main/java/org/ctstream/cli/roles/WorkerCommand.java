package org.ctstream.cli.roles;

import java.util.concurrent.Callable;
import org.ctstream.worker.InferenceWorker;
import org.ctstream.worker.WorkerKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ctstream worker}. */
@Command(
        name = "worker",
        description = {
            "Runs one inference worker: classifies normalised slices.",
            "Runs until it is told to stop (SIGTERM, Ctrl-C); then it finishes and commits what it has in hand.",
            ""
        },
        footer = {"", "Example: ctstream worker --config worker.properties -D http.port=8091"})
public final class WorkerCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private RoleOptions options = new RoleOptions();

    @Override
    public Integer call() {
        return new RoleRunner("inference-worker", WorkerKeys.def(), InferenceWorker::create)
                .run(options, spec.commandLine().getOut());
    }
}
