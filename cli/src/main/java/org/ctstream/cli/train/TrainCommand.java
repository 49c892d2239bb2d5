package org.ctstream.cli.train;

import org.ctstream.cli.train.search.SearchCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ctstream train}. */
@Command(
        name = "train",
        description = {
            "Trains on labelled images from the topic or from lists: the checks before a long run, the run, its release.",
            ""
        },
        subcommands = {
            PreviewAugmentationCommand.class,
            CheckPipelineCommand.class,
            OverfitBatchCommand.class,
            RunCommand.class,
            ReleaseRunCommand.class,
            CompareRunsCommand.class,
            SearchCommand.class
        })
public final class TrainCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which subcommand? One of the following.");
    }
}
