package org.ctstream.cli.train;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.console.Terminal;
import org.ctstream.cli.version.ProgramVersion;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.run.FinishedPhase;
import org.ctstream.trainer.run.RunFactory;
import org.ctstream.trainer.run.RunImages;
import org.ctstream.trainer.run.TrainingRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ctstream train run}. */
@Command(
        name = "run",
        description = {
            "Runs the phases of training, each from the best weights of the one before, and keeps everything in a folder:"
                    + " settings, history, curves (rewritten after every epoch), checkpoints.",
            "The same command started again goes on where it stopped, however it stopped; at most the running epoch is lost.",
            ""
        },
        footer = {
            "",
            "Example: ctstream train run --folder runs/first -D finetune.epochs=30 -D contrast.epochs=10 -D classify.epochs=10"
        })
public final class RunCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--folder", paramLabel = "DIR", required = true, description = "The run's folder, made if absent.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path folder;

    @Option(names = "--timings", description = "Tell where each epoch's time went.")
    private boolean timings;

    @Mixin
    private TrainInput input = new TrainInput();

    @Override
    public Integer call() throws Exception {
        return Failures.reported(this::run);
    }

    private Integer run() {
        PrintWriter out = spec.commandLine().getOut();
        ServiceConfig config = input.config();
        RunFactory factory = new RunFactory(config, ProgramVersion.text());
        Dataset dataset = RunImages.forRun(folder, input.dataset(config));
        out.println(dataset.summary());
        out.flush();
        TrainingRun run = factory.run(
                folder, dataset, factory.initial(), new ConsoleProgress(System.out, Terminal.isInteractive(), timings));
        List<FinishedPhase> finished = run.run();
        finished.forEach(phase -> out.printf(
                "%s: best validation AUC %.4f in epoch %d of %d%n",
                phase.settings().name(),
                phase.progress().bestAuc(),
                phase.progress().bestEpoch(),
                phase.progress().epoch()));
        out.println("Curves: " + folder.resolve("plots") + ". Next: ctstream train release --folder " + folder);
        out.flush();
        return ExitCodes.OK;
    }
}
