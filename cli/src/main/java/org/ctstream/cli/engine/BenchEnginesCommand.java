package org.ctstream.cli.engine;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.console.Json;
import org.ctstream.cli.evaluate.ModelOptions;
import org.ctstream.cli.stack.DataDirectory;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.engine.Engines;
import org.ctstream.model.engine.measure.Contestant;
import org.ctstream.model.engine.measure.InterleavedTiming;
import org.ctstream.model.engine.measure.Machine;
import org.ctstream.model.engine.measure.Timing;
import org.ctstream.model.engine.pytorch.PyTorchClassifiers;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.WeightsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ctstream engine bench}. */
@Command(
        name = "bench",
        description = {
            "Measures how long engines take for a batch, and how many slices a second that is, beside the reference engine,"
                    + " pytorch on the processor. All are measured in turn, so that what else the machine does concerns"
                    + " each of them.",
            "All engines are open at the same time: some hundred megabytes of memory each.",
            ""
        },
        footer = {"", "Example: ctstream engine bench --engine onnxruntime --batch 1,8 --threads 2 --seconds 10"})
public final class BenchEnginesCommand implements Callable<Integer> {
    private static final int ROUNDS = 5;
    /** Distinct slices in a batch; what they show makes no difference to the time. */
    private static final int DISTINCT = 8;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private RunOptions run = new RunOptions();

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(names = "--batch", paramLabel = "N", split = ",", description = "Batch sizes, with commas between them.")
    private List<Integer> batches = List.of(1, 8, 32);

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Seconds each engine is measured for with each batch size.")
    private double seconds = 5;

    @Option(names = "--json", description = "Print everything as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        check();
        int largest = batches.stream().mapToInt(Integer::intValue).max().orElseThrow();
        EngineOptions options = run.options(largest);
        List<EngineTarget> targets = run.targets();
        try (var scratch = DataDirectory.of(null);
                var open = new OpenEngines()) {
            StoredRelease release = model.load(scratch.path().resolve("models"));
            int side = Release.side(release.release());
            open(open, targets, release, options, largest);
            BenchReport report = measure(open, release, Slices.phantoms(Math.min(DISTINCT, largest), side));
            print(report);
            boolean complete = report.notMeasured().isEmpty() || !run.areNamed();
            return complete ? ExitCodes.OK : ExitCodes.FAILURE;
        } catch (ClassifierException | WeightsException | IllegalArgumentException e) {
            throw CliException.failure("Cannot measure: " + e.getMessage(), e);
        }
    }

    private void check() {
        if (batches.stream().anyMatch(size -> size < 1)) {
            throw CliException.usage("--batch " + batches + " (expected: 1 or more each)", null);
        }
        if (!(seconds > 0 && seconds <= Duration.ofHours(1).toSeconds())) {
            throw CliException.usage("--seconds " + seconds + " (expected: above 0, an hour at most)", null);
        }
    }

    /** The reference first; it is not measured twice if it is among those asked for with the same options. */
    private void open(
            OpenEngines open, List<EngineTarget> targets, StoredRelease release, EngineOptions options, int largest) {
        var steps = new Steps(spec.commandLine().getErr());
        EngineOptions ofReference = run.reference(largest);
        steps.accept("Loading the reference and " + targets.size() + " engines");
        open.add(Engines.standard().named(PyTorchClassifiers.NAME).open(release, ofReference));
        for (EngineTarget target : targets) {
            boolean isReference = target.engine().equals(PyTorchClassifiers.NAME)
                    && target.device().equals(Device.CPU)
                    && options.equals(ofReference);
            if (!isReference) {
                open.add(target, release, options);
            }
        }
    }

    private BenchReport measure(OpenEngines open, StoredRelease release, Slices slices) {
        var timing = new InterleavedTiming(Duration.ofNanos((long) (seconds * 1e9)), ROUNDS);
        var steps = new Steps(spec.commandLine().getErr());
        List<Contestant> contestants = open.contestants();
        List<BenchRow> rows = new ArrayList<>();
        for (int size : batches) {
            List<Timing> timings = timing.measure(
                    contestants,
                    slices.batch(size),
                    round -> steps.accept("batch " + size + ": round " + round + " of " + ROUNDS));
            for (int i = 0; i < contestants.size(); i++) {
                rows.add(BenchRow.of(contestants.get(i).classifier().engine(), timings.get(i), timings.get(0)));
            }
        }
        return new BenchReport(
                Machine.here(),
                release.release().id().toString(),
                contestants.get(0).name(),
                contestants.stream()
                        .map(contestant -> contestant.classifier().engine().text())
                        .toList(),
                open.refusals(),
                rows);
    }

    private void print(BenchReport report) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.line(report));
            out.flush();
        } else {
            report.print(out);
        }
    }
}
