package org.ctstream.cli.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.console.Interruption;
import org.ctstream.cli.console.Json;
import org.ctstream.cli.console.Terminal;
import org.ctstream.cli.stack.ConsoleListener;
import org.ctstream.cli.stack.DataDirectory;
import org.ctstream.cli.stack.LocalStack;
import org.ctstream.cli.stack.StackGuide;
import org.ctstream.cli.stack.StackOptions;
import org.ctstream.publisher.PublishSettings;
import org.ctstream.publisher.ScanInput;
import org.ctstream.schemas.avro.Priority;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ctstream demo}. */
@Command(
        name = "demo",
        description = {
            "Starts Kafka, a schema registry, ingest, workers and the results sink on this machine, publishes scans,"
                    + " waits until each is stored or dead-lettered, shows what became of them, and stops everything.",
            "Needs nothing but Java. Without --images it makes synthetic slices.",
            "A scan that becomes a dead letter is accounted for. A file that cannot be published at all, because it does"
                    + " not fit a record or cannot be read, is named, and the exit code is 1.",
            ""
        },
        footer = {"", "Example: ctstream demo --images scans/ --workers 2 --report report.json"})
public final class DemoCommand implements Callable<Integer> {
    private static final int DEFAULT_PHANTOMS = 24;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "Publish the files below this folder, in the order of their names, whatever they hold; names"
                    + " that begin with a dot are left out. Without it: synthetic slices.")
    private @Nullable Path images;

    @Option(
            names = "--count",
            paramLabel = "N",
            description =
                    "Scans to publish. Default: all files of --images, or " + DEFAULT_PHANTOMS + " synthetic slices.")
    private @Nullable Integer count;

    @Mixin
    private StackOptions options = new StackOptions();

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the first synthetic slice.")
    private long seed = 1;

    @Option(
            names = "--source-name",
            paramLabel = "NAME",
            description = "System the scans claim to come from; travels with every scan.")
    private String sourceName = "demo";

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Keep records, results and logs here. Default: a temporary folder, deleted at the end.")
    private @Nullable Path dataDir;

    @Option(names = "--report", paramLabel = "FILE", description = "Write what became of every scan as JSON.")
    private @Nullable Path report;

    @Option(names = "--keep-running", description = "Leave everything up after the run, until Ctrl-C.")
    private boolean keepRunning;

    @Option(names = "--stall-timeout", paramLabel = "SECONDS", description = "Give up if nothing moves for this long.")
    private int stallSeconds = 60;

    @Override
    public Integer call() throws IOException {
        check();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        var listener = new ConsoleListener(out, err);
        List<ScanInput> inputs = inputs();
        try (var interruption = new Interruption();
                var data = DataDirectory.of(dataDir)) {
            try {
                int code = run(data.path(), inputs, listener, out, err);
                if (code != ExitCodes.OK) {
                    err.println("The logs are in " + data.keepLogs());
                    err.flush();
                }
                listener.step("Stopped");
                return code;
            } catch (RuntimeException e) {
                if (interruption.isAsked()) {
                    Thread.interrupted(); // heard; the folder is still to be deleted
                    listener.step("Stopped before the end");
                    return ExitCodes.FAILURE;
                }
                err.println("The logs are in " + data.keepLogs());
                err.flush();
                throw e;
            }
        }
    }

    private int run(Path data, List<ScanInput> inputs, ConsoleListener listener, PrintWriter out, PrintWriter err)
            throws IOException {
        var wanted = options.settings(data, 0, 0, 0);
        try (var stack = LocalStack.start(wanted, listener)) {
            listener.step("Publishing " + inputs.size() + " scans");
            Report result = new DemoRun(
                            stack,
                            inputs,
                            PublishSettings.of(sourceName, Priority.ROUTINE),
                            Duration.ofSeconds(stallSeconds))
                    .run(
                            () -> Terminal.isInteractive() ? new BarView(inputs.size()) : new LinesView(listener),
                            err::println);
            err.flush();
            if (report != null) {
                Files.writeString(
                        report,
                        Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(result)
                                + System.lineSeparator());
            }
            new ReportText(result, report == null ? "(--report FILE writes them all)" : "in " + report).print(out);
            if (keepRunning) {
                StackGuide.print(stack, out);
                stack.awaitInterrupt();
            }
            listener.step("Stopping");
            return result.isComplete() ? ExitCodes.OK : ExitCodes.FAILURE;
        }
    }

    private List<ScanInput> inputs() {
        if (images == null) {
            return PhantomInputs.of(count == null ? DEFAULT_PHANTOMS : count, seed);
        }
        if (!Files.isDirectory(images)) {
            throw CliException.usage("--images " + images + " is not a folder", null);
        }
        return FileInputs.of(images, count == null ? 0 : count);
    }

    private void check() {
        options.check();
        if (count != null && count < 1) {
            throw CliException.usage("--count " + count + " (expected: 1 or more)", null);
        }
        if (stallSeconds < 1) {
            throw CliException.usage("--stall-timeout " + stallSeconds + " (expected: 1 or more)", null);
        }
        if (sourceName.isBlank()) {
            throw CliException.usage("--source-name is blank (expected: the name of a system)", null);
        }
    }
}
