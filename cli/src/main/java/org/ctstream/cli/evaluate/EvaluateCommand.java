package org.ctstream.cli.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.console.Json;
import org.ctstream.cli.stack.DataDirectory;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.engine.EngineChoice;
import org.ctstream.model.engine.Engines;
import org.ctstream.model.weights.WeightsException;
import org.ctstream.trainer.dataset.DatasetException;
import org.ctstream.trainer.evaluate.ScoresException;
import org.ctstream.trainer.plot.EvaluationPlots;
import org.ctstream.trainer.plot.PlotException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ctstream evaluate}. */
@Command(
        name = "evaluate",
        description = {
            "Classifies a list of labelled images with a release, as the worker would, and tells how well it does: AUC,"
                    + " accuracy, sensitivity, specificity, calibration, with their 95 %% intervals.",
            "A list is CSV with the columns path and label (COVID, POSITIVE or 1; NON_COVID, NEGATIVE or 0). Rows that"
                    + " cannot be used are named and are in no metric.",
            "Not a medical device.",
            ""
        },
        footer = {"", "Example: ctstream evaluate --data test.csv --choose-threshold-on validation.csv --plots plots/"})
public final class EvaluateCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(names = "--data", paramLabel = "CSV", required = true, description = "List of the images to evaluate on.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path data;

    @Option(
            names = "--split-name",
            paramLabel = "NAME",
            description = "What the report calls these images. Default: the list's file name.")
    private @Nullable String splitName;

    @Option(
            names = "--threshold",
            paramLabel = "T",
            description = "Probability from which on an image is called positive. Default: the release's own.")
    private @Nullable Double threshold;

    @Option(
            names = "--choose-threshold-on",
            paramLabel = "CSV",
            description = "Choose the threshold on this list, which must share no image with --data.")
    private @Nullable Path chooseOn;

    @Option(
            names = "--threshold-aim",
            paramLabel = "AIM",
            description = "What --choose-threshold-on looks for: youden (sensitivity plus specificity), accuracy, or"
                    + " sensitivity=S (the best specificity with at least this sensitivity).")
    private String aim = "youden";

    @Option(names = "--engine", paramLabel = "NAME", description = "Engine that runs the network, or auto.")
    private String engine = "pytorch";

    @Option(names = "--device", paramLabel = "DEVICE", description = "cpu, gpu, gpu:N or auto.")
    private String device = "cpu";

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Threads of the engine on a processor; 0 lets it decide. Fewer than there are processors where"
                            + " other work goes on.")
    private int threads;

    @Option(names = "--batch", paramLabel = "N", description = "Slices the engine computes at once.")
    private int batch = 16;

    @Option(
            names = "--flips",
            description = "Take the mean probability over the image and its three flips: four times the work.")
    private boolean flips;

    @Option(names = "--report", paramLabel = "FILE", description = "Write everything as JSON.")
    private @Nullable Path report;

    @Option(
            names = "--plots",
            paramLabel = "DIR",
            description = "Write " + EvaluationPlots.ROC + ", " + EvaluationPlots.CONFUSION + " and "
                    + EvaluationPlots.CALIBRATION + " into this folder.")
    private @Nullable Path plots;

    @Option(
            names = "--per-image",
            paramLabel = "FILE",
            description = "Write digest, label and probability of every image as CSV.")
    private @Nullable Path perImage;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description =
                    "Keep decoded images here for the next time. Default: a temporary folder, deleted at the end.")
    private @Nullable Path cache;

    @Override
    public Integer call() throws IOException {
        EvaluationSettings settings = settings();
        try (var scratch = DataDirectory.of(null)) {
            var run = new EvaluationRun(settings, cache == null ? scratch.path().resolve("images") : cache);
            EvaluationResult result = run.evaluate(model.load(scratch.path().resolve("models")));
            write(result);
            new EvaluationText(result.report()).print(spec.commandLine().getOut());
            return ExitCodes.OK;
        } catch (DatasetException | ScoresException | ClassifierException | WeightsException | PlotException e) {
            throw CliException.failure(String.valueOf(e.getMessage()), e);
        }
    }

    private EvaluationSettings settings() {
        if (threshold != null && chooseOn != null) {
            throw CliException.usage("--threshold and --choose-threshold-on exclude each other", null);
        }
        if (threshold != null && !(threshold >= 0 && threshold <= 1)) {
            throw CliException.usage("--threshold " + threshold + " (expected: 0 to 1)", null);
        }
        List<Flip> views = flips ? Flip.all() : List.of(Flip.NONE);
        if (batch < views.size()) {
            throw CliException.usage(
                    "--batch " + batch + " (expected: " + views.size() + " or more, the views of one image)", null);
        }
        try {
            EngineChoice chosen = Engines.standard().choose(engine, device);
            return new EvaluationSettings(
                    data,
                    splitName == null ? stem(data) : splitName,
                    threshold,
                    chooseOn,
                    ThresholdAim.parse(aim),
                    engine,
                    chosen.factory(),
                    chosen.on(EngineOptions.defaults().withThreads(threads).withMaxBatch(batch)),
                    views);
        } catch (IllegalArgumentException e) {
            throw CliException.usage("Cannot evaluate: " + e.getMessage(), e);
        }
    }

    private void write(EvaluationResult result) throws IOException {
        if (report != null) {
            Files.writeString(
                    report,
                    Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(result.report())
                            + System.lineSeparator());
        }
        if (perImage != null) {
            Files.writeString(perImage, perImage(result.images()));
        }
        if (plots != null) {
            EvaluationPlots.write(plots, result.scores(), result.evaluation());
        }
    }

    private static String perImage(List<ScoredImage> images) {
        return images.stream()
                .map(scored -> String.format(
                        Locale.ROOT,
                        "%s,%s,%s%n",
                        scored.image().digest(),
                        scored.image().positive() ? "POSITIVE" : "NEGATIVE",
                        scored.isFinite() ? scored.probability() : ""))
                .collect(Collectors.joining("", String.format("digest,label,probability%n"), ""));
    }

    private static String stem(Path file) {
        return file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }
}
