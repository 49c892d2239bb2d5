package org.ctstream.cli.model;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.ctstream.cli.CliException;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.engine.measure.Parity;
import org.ctstream.model.graph.Port;
import org.ctstream.model.graph.PortType;
import org.ctstream.model.onnx.OnnxExport;
import org.ctstream.model.onnx.OnnxModel;
import org.ctstream.model.onnx.OnnxOptions;
import org.ctstream.model.onnx.Target;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.Sha256;
import org.ctstream.service.text.Bytes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ctstream model export}. */
@Command(
        name = "export",
        description = {
            "Writes a release as an ONNX file (opset 17): its network with its weights, the standardisation of grey"
                    + " slices inside. Then opens the file with ONNX Runtime and compares it with the PyTorch engine on"
                    + " synthetic slices; a file that differs is deleted. An INT8 release is compared with the engine"
                    + " onnxruntime instead, which serves it.",
            ""
        },
        footer = {
            "",
            "Input \"slices\": N x height x width grey values, 0 to 255. Outputs \"logits\": N x 2, negative and positive;"
                    + " \"evidence\": N x rows x columns, what each place adds to the positive class, and \"embedding\":"
                    + " N x features, the last linear layer's input, for networks that have them.",
            "Workers need no such file: they write what they need themselves.",
            "",
            "Example: ctstream model export densenet169:1.0.0 --batch 32 --precision fp16 --target gpu"
        })
public final class ExportModelCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ReleaseInStore release = new ReleaseInStore();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "onnx",
            description = "Format of the file; onnx is the only one. Default: onnx.")
    private String format = "onnx";

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "dynamic",
            description = "Slices of every run, or dynamic for any number. TensorRT wants a number. Default: dynamic.")
    private String batch = "dynamic";

    @Option(
            names = "--precision",
            paramLabel = "PRECISION",
            defaultValue = "fp32",
            description = "Arithmetic inside the network: fp32 or fp16. Default: fp32.")
    private String precision = "fp32";

    @Option(
            names = "--target",
            paramLabel = "TARGET",
            defaultValue = "cpu",
            description = "What the graph is written for: cpu, gpu, or plain for the network as it is defined. All run"
                    + " everywhere and compute the same. Default: cpu.")
    private String target = "cpu";

    @Option(
            names = "--input",
            paramLabel = "TYPE",
            defaultValue = "uint8",
            description = "Element type of the slices: uint8 or float32. Default: uint8.")
    private String input = "uint8";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file. Default: a name made of the release and the options, in the working folder.")
    private @Nullable Path output;

    @Option(names = "--force", description = "Replaces the file if it is there.")
    private boolean force;

    @Override
    public void run() {
        OnnxOptions options = options();
        StoredRelease stored = release.load();
        Path file = output == null ? defaultName(stored.release().id(), options) : output;
        if (Files.exists(file) && !force) {
            throw CliException.usage(file + " is there already; --force replaces it, --output names another", null);
        }
        OnnxModel model = model(stored, options);
        Path written = file.resolveSibling(file.getFileName() + ".part");
        try {
            model.write(written);
            ExportCheck.Result check = ExportCheck.of(written, model, stored, EngineOptions.defaults());
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
            report(file, model, check);
        } catch (IOException e) {
            throw CliException.failure("Cannot write " + file + ": " + e, e);
        } finally {
            deleteIfThere(written);
        }
    }

    private static OnnxModel model(StoredRelease stored, OnnxOptions options) {
        try {
            return OnnxExport.of(stored, options);
        } catch (IllegalArgumentException e) {
            throw CliException.failure(
                    "Cannot write release " + stored.release().id() + " as ONNX: " + e.getMessage(), e);
        }
    }

    private OnnxOptions options() {
        if (!format.equalsIgnoreCase("onnx")) {
            throw CliException.usage("--format is '" + format + "', expected onnx", null);
        }
        return new OnnxOptions(
                batchSize(),
                choice("--precision", precision, Precision.values()),
                choice("--target", target, Target.values()),
                choice("--input", input, PortType.values()),
                true);
    }

    private OptionalInt batchSize() {
        if (batch.equalsIgnoreCase("dynamic")) {
            return OptionalInt.empty();
        }
        try {
            int slices = Integer.parseInt(batch);
            if (slices >= 1 && slices <= EngineOptions.LARGEST_BATCH) {
                return OptionalInt.of(slices);
            }
        } catch (NumberFormatException e) {
            // Told below, as a number out of range is.
        }
        throw CliException.usage(
                "--batch is '" + batch + "', expected dynamic or a number from 1 to " + EngineOptions.LARGEST_BATCH,
                null);
    }

    private static <E extends Enum<E>> E choice(String option, String value, E[] values) {
        for (E each : values) {
            if (each.name().equalsIgnoreCase(value)) {
                return each;
            }
        }
        String names = List.of(values).stream()
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        throw CliException.usage(option + " is '" + value + "', expected one of " + names, null);
    }

    private static Path defaultName(ReleaseId id, OnnxOptions options) {
        String size = options.batch().isPresent() ? "-batch" + options.batch().getAsInt() : "";
        return Path.of(
                (id.name() + "-" + id.version() + "-" + options.target() + "-" + options.precision() + size + ".onnx")
                        .toLowerCase(Locale.ROOT));
    }

    private void report(Path file, OnnxModel model, ExportCheck.Result check) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.println("file     " + file + " (" + Bytes.text(Files.size(file)) + ", "
                + model.graph().nodes().size() + " nodes)");
        out.println("sha256   " + Sha256.of(file));
        model.graph().inputs().forEach(port -> out.println("input    " + text(port)));
        model.graph().outputs().forEach(port -> out.println("output   " + text(port)));
        out.printf(
                Locale.ROOT,
                "checked  largest difference of a probability %.2g on %d synthetic slices, ONNX Runtime against the"
                        + " engine %s (allowed: %.0g)%n",
                check.report().maxDifference(),
                check.report().slices(),
                check.reference(),
                check.tolerance());
        if (check.tolerance() > Parity.tolerance(Precision.FP16)) {
            out.println("         That is a check against gross errors only: a GPU's integers are others than this"
                    + " processor's. Measure the file where it will run.");
        }
        out.flush();
    }

    private static String text(Port port) {
        String shape = port.shape().stream()
                .map(length -> length == Port.ANY ? "N" : length.toString())
                .collect(Collectors.joining(" x "));
        return port.name() + ", " + port.type().name().toLowerCase(Locale.ROOT) + ", " + shape;
    }

    private static void deleteIfThere(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw CliException.failure("Cannot delete " + file + ": " + e, e);
        }
    }
}
