package org.ctstream.cli.engine;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.console.Json;
import org.ctstream.cli.evaluate.ModelOptions;
import org.ctstream.cli.stack.DataDirectory;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.engine.Engines;
import org.ctstream.model.engine.measure.Machine;
import org.ctstream.model.engine.pytorch.PyTorchClassifiers;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.WeightsException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ctstream engine check}. */
@Command(
        name = "check",
        description = {
            "Classifies the same slices with the reference engine, pytorch on the processor, and with others, and compares:"
                    + " probabilities, labels at the release's threshold, heatmaps.",
            "Fails if a probability is further off than 0.0001 (fp32) or 0.005 (fp16), or if an engine that is named is not"
                    + " there.",
            ""
        },
        footer = {"", "Example: ctstream engine check --engine tensorrt --precision fp16 --folder scans/"})
public final class CheckEnginesCommand implements Callable<Integer> {
    private static final int PHANTOMS = 16;
    private static final int MOST_FILES = 10_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private RunOptions run = new RunOptions();

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(
            names = "--images",
            paramLabel = "N",
            description = "How many slices to compare. Default: " + PHANTOMS + " synthetic ones, or all of --folder.")
    private @Nullable Integer images;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Compare on the scans in this folder, decoded and normalized as ingest does, instead of"
                    + " synthetic ones.")
    private @Nullable Path folder;

    @Option(names = "--batch", paramLabel = "N", description = "Slices in one batch.")
    private int batch = 8;

    @Option(
            names = "--tolerance",
            paramLabel = "D",
            description =
                    "Largest difference of a probability that passes; places of a heatmap may differ by ten times as much."
                            + " Default: 0.0001 for fp32, 0.005 for fp16.")
    private @Nullable Double tolerance;

    @Option(names = "--json", description = "Print everything as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        if (images != null && images < 1) {
            throw CliException.usage("--images " + images + " (expected: 1 or more)", null);
        }
        EngineOptions options = run.options(batch);
        List<EngineTarget> targets = run.targets();
        try (var scratch = DataDirectory.of(null)) {
            CheckReport report = check(model.load(scratch.path().resolve("models")), targets, options);
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(Json.line(report));
                out.flush();
            } else {
                report.print(out);
            }
            return exitCode(report);
        } catch (ClassifierException | WeightsException | IllegalArgumentException e) {
            throw CliException.failure("Cannot run the reference engine: " + e.getMessage(), e);
        }
    }

    private CheckReport check(StoredRelease release, List<EngineTarget> targets, EngineOptions options) {
        var steps = new Steps(spec.commandLine().getErr());
        int side = Release.side(release.release());
        Slices slices = folder == null
                ? Slices.phantoms(images == null ? PHANTOMS : images, side)
                : Slices.of(folder, images == null ? MOST_FILES : images, side);
        try (Classifier reference =
                Engines.standard().named(PyTorchClassifiers.NAME).open(release, run.reference(batch))) {
            var checks = new CheckRun(release, reference, slices.batches(batch), tolerance, steps);
            List<CheckRow> rows = new ArrayList<>();
            for (EngineTarget target : targets) {
                rows.add(checks.check(target, options));
            }
            return new CheckReport(
                    Machine.here(),
                    release.release().id() + ", threshold " + release.release().threshold(),
                    reference.engine().text(),
                    slices.what(),
                    rows);
        }
    }

    /** An engine that refuses an option is no failure unless somebody named it. */
    private int exitCode(CheckReport report) {
        boolean allWell = !report.engines().isEmpty()
                && report.engines().stream()
                        .allMatch(row ->
                                row.result().equals("same") || (row.result().equals("refused") && !run.areNamed()));
        return allWell ? ExitCodes.OK : ExitCodes.FAILURE;
    }
}
