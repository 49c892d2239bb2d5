package org.ctstream.cli.quantize;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.connect.ConnectionOptions;
import org.ctstream.cli.connect.StoreOption;
import org.ctstream.cli.console.Table;
import org.ctstream.cli.stack.DataDirectory;
import org.ctstream.model.bundled.DefaultRelease;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.engine.Engines;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.WeightsException;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.dataset.DatasetException;
import org.ctstream.trainer.evaluate.ScoresException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ctstream model quantize}. */
@Command(
        name = "quantize",
        description = {
            "Makes an INT8 release of a float one: measures the range of what its convolutions compute on scans without"
                    + " labels, compares both releases on labelled validation images, and stores the INT8 one unless its"
                    + " AUC drops by more than is allowed or it calls more images otherwise.",
            "It keeps the float release's threshold. Engines that compute in integers serve it: onnxruntime.",
            ""
        },
        footer = {
            "",
            "Example: ctstream model quantize densenet169:1.0.0 --to densenet169:1.0.0-int8 --validation validation.csv"
        })
public final class QuantizeModelCommand implements Callable<Integer> {
    private static final String TOPIC = "topic";
    private static final List<String> ON_PROCESSORS = List.of("onnxruntime");
    private static final List<String> ON_GPUS = List.of("onnxruntime", "onnxruntime-tensorrt", "tensorrt");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME:VERSION", description = "The float release, in the model store or brought along.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String from;

    @Option(
            names = "--to",
            paramLabel = "NAME:VERSION",
            required = true,
            description = "What the INT8 release is called.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String to;

    @Option(
            names = "--calibration",
            paramLabel = "SOURCE",
            description =
                    "Scans without labels: the word topic for the newest of ct.scan.normalized, or a folder of"
                            + " scans (DICOM, PNG, JPEG, TIFF, BMP). Validation images among them are left out. Default: topic.")
    private String calibration = TOPIC;

    @Option(names = "--scans", paramLabel = "N", description = "The most scans to calibrate with. Default: 256.")
    private int scans = 256;

    @Mixin
    private ValidationOptions validation = new ValidationOptions();

    @Option(
            names = "--max-auc-drop",
            paramLabel = "D",
            description = "Store nothing if the AUC on validation drops by more. Default: 0.01.")
    private double maxAucDrop = 0.01;

    @Option(
            names = "--max-flips",
            paramLabel = "SHARE",
            description = "Store nothing if a larger share of the validation images, 0 to 1, is called otherwise at the"
                    + " threshold. Default: 0.05.")
    private double maxFlips = 0.05;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            description = "Engine to compare with, one that computes in integers: onnxruntime; on a GPU also"
                    + " onnxruntime-tensorrt or tensorrt. GPUs have integers of their own: take the engine that will serve."
                    + " Default: onnxruntime.")
    private String engine = "onnxruntime";

    @Option(names = "--device", paramLabel = "DEVICE", description = "cpu, gpu or gpu:N. Default: cpu.")
    private String device = "cpu";

    @Option(names = "--threads", paramLabel = "N", description = "Threads of the engine; 0 lets it decide.")
    private int threads;

    @Option(names = "--batch", paramLabel = "N", description = "Slices the engine computes at once. Default: 8.")
    private int batch = 8;

    @Option(
            names = {"--store", "--model-store"},
            paramLabel = "DIR",
            description = "Folder of the model store. Default: " + StoreOption.VARIABLE + ", or ctstream-data/models.")
    private @Nullable Path store;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Override
    public Integer call() {
        ModelStore in = new ModelStore(store == null ? StoreOption.otherwise() : store);
        try (var scratch = DataDirectory.of(null)) {
            quantize(in, scratch.path());
            return ExitCodes.OK;
        } catch (ClassifierException | WeightsException | DatasetException | ScoresException e) {
            throw CliException.failure("Cannot quantize " + from + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw CliException.usage("Cannot quantize " + from + ": " + e.getMessage(), e);
        }
    }

    private void quantize(ModelStore in, Path scratch) {
        ReleaseId target = target(in);
        Device on = Device.parse(device);
        requireIntegers(engine, on);
        var quantization = new Quantization(
                Engines.standard().named(engine),
                EngineOptions.defaults().withDevice(on).withThreads(threads).withMaxBatch(batch),
                new AccuracyGate(maxAucDrop, maxFlips),
                this::progress);
        StoredRelease original = original(in);
        Connection cluster = connection.connection();
        CalibrationSlices source =
                calibration.equals(TOPIC) ? new TopicSlices(cluster) : new FileSlices(Path.of(calibration));
        progress("Reading the validation images");
        Dataset dataset = validation.load(cluster, scratch.resolve("images"));
        Quantization.Candidate candidate = quantization.calibrate(original, source, scans, dataset);
        Comparison comparison = quantization.compare(original, target, candidate, dataset, scratch.resolve("trial"));
        print(comparison);
        StoredRelease stored = quantization.store(original, target, candidate, comparison, in);
        PrintWriter out = spec.commandLine().getOut();
        out.println("Saved " + target + " in " + stored.folder() + "; its threshold is that of "
                + original.release().id() + ".");
        out.println("To have workers serve it: ctstream model promote " + target + " --store " + in.root());
        out.flush();
    }

    /** Another engine would let a release through that it did not compute. */
    private static void requireIntegers(String engine, Device device) {
        List<String> serving = device.equals(Device.CPU) ? ON_PROCESSORS : ON_GPUS;
        // A name nobody knows is refused with the names that are known.
        if (Engines.standard().names().contains(engine) && !serving.contains(engine)) {
            throw new IllegalArgumentException("--engine " + engine + " on " + device
                    + " does not compute in integers, so it cannot measure an INT8 release (expected: "
                    + String.join(", ", serving) + ")");
        }
    }

    private ReleaseId target(ModelStore in) {
        if (scans < 1 || batch < 1) {
            throw new IllegalArgumentException("--scans " + scans + ", --batch " + batch + " (expected: 1 or more)");
        }
        ReleaseId target = ReleaseId.parse(to);
        if (in.contains(target)) {
            throw new IllegalArgumentException("the model store " + in.root() + " has a release " + target
                    + " already, and releases never change; choose another version for --to");
        }
        return target;
    }

    private StoredRelease original(ModelStore in) {
        StoredRelease original = DefaultRelease.find(in, ReleaseId.parse(from));
        ModelRelease release = original.release();
        if (release.height() != release.width()) {
            throw new IllegalArgumentException("it wants slices of " + release.height() + " x " + release.width()
                    + " pixels, and only square ones can be made of a list");
        }
        return original;
    }

    private void progress(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }

    private void print(Comparison comparison) {
        PrintWriter out = spec.commandLine().getOut();
        var table = new Table("FIGURE", "FLOAT", "INT8");
        ComparisonTable.of(comparison).forEach(row -> table.row(row.figure(), row.original(), row.quantized()));
        table.print(out);
        out.println();
        out.println(ComparisonTable.summary(comparison));
        out.flush();
    }
}
