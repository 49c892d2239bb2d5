package org.ctstream.cli.roles;

import java.util.concurrent.Callable;
import org.ctstream.cli.version.ProgramVersion;
import org.ctstream.trainer.continuous.TrainerKeys;
import org.ctstream.trainer.continuous.TrainerService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ctstream trainer}. */
@Command(
        name = "trainer",
        description = {
            "Runs the trainer service: follows the labelled scans, trains from the release in production when there are"
                    + " enough new ones, and announces what came out as a CANDIDATE. It promotes by itself only if told"
                    + " to, and only what is better on validation by a margin.",
            "Runs until it is told to stop (SIGTERM, Ctrl-C); a run that is on stops at once and goes on from its last"
                    + " epoch at the next start.",
            ""
        },
        footer = {"", "Example: ctstream trainer --config trainer.properties -D trainer.new.labels=50"})
public final class TrainerCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private RoleOptions options = new RoleOptions();

    @Override
    public Integer call() {
        return new RoleRunner(
                        "trainer", TrainerKeys.def(), config -> TrainerService.create(config, ProgramVersion.text()))
                .run(options, spec.commandLine().getOut());
    }
}
