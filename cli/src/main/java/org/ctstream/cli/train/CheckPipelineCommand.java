package org.ctstream.cli.train;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.console.Terminal;
import org.ctstream.cli.version.ProgramVersion;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.history.EpochRecord;
import org.ctstream.trainer.history.RunHistory;
import org.ctstream.trainer.run.RunFactory;
import org.ctstream.trainer.run.TrainKeys;
import org.ctstream.trainer.run.TrainingRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ctstream train check-pipeline}. */
@Command(
        name = "check-pipeline",
        description = {
            "Trains a small CNN for a few epochs on the same images, through the same code: shows within a minute or two"
                    + " whether images, labels, loss and gradients fit together before a long run begins.",
            "Succeeds if the training loss falls. It says nothing about how good a large network will get.",
            ""
        })
public final class CheckPipelineCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss.SSS").withZone(ZoneOffset.UTC);
    private static final Map<String, String> DEFAULTS = defaults();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--folder", paramLabel = "DIR", description = "Folder of the checks' runs, each in one of its own.")
    private Path folder = Path.of("runs", "check-pipeline");

    @Mixin
    private TrainInput input = new TrainInput();

    @Override
    public Integer call() throws Exception {
        return Failures.reported(this::check);
    }

    private Integer check() {
        PrintWriter out = spec.commandLine().getOut();
        ServiceConfig config = input.config(DEFAULTS);
        RunFactory factory = new RunFactory(config, ProgramVersion.text());
        Dataset dataset = input.dataset(config);
        // A check that went on where an earlier one stopped would check nothing.
        Path run = folder.resolve(TIME.format(Instant.now()));
        out.println(dataset.summary());
        out.flush();
        factory.run(run, dataset, factory.initial(), new ConsoleProgress(System.out, Terminal.isInteractive(), true))
                .run();
        List<EpochRecord> epochs =
                RunHistory.in(run.resolve(TrainingRun.HISTORY)).epochs();
        double first = epochs.get(0).trainLoss();
        double last = epochs.get(epochs.size() - 1).trainLoss();
        boolean falls = last < first;
        out.printf(
                "Training loss %.4f in the first epoch, %.4f in the last: %s%n",
                first,
                last,
                falls ? "the pipeline learns" : "it does NOT fall; look at labels, images and learning rate");
        out.println("Curves: " + run.resolve("plots"));
        out.flush();
        return falls ? ExitCodes.OK : ExitCodes.FAILURE;
    }

    private static Map<String, String> defaults() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put(TrainKeys.PHASES, TrainKeys.PRETRAIN);
        keys.put(TrainKeys.ARCHITECTURE, "small-cnn");
        keys.put(TrainKeys.PRETRAIN + TrainKeys.EPOCHS, "8");
        keys.put(TrainKeys.PRETRAIN + TrainKeys.SIDE, "112");
        keys.put(TrainKeys.PRETRAIN + TrainKeys.BATCH_SIZE, "16");
        keys.put(TrainKeys.PRETRAIN + TrainKeys.LEARNING_RATE, "0.02");
        return keys;
    }
}
