package org.ctstream.cli.up;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.console.Interruption;
import org.ctstream.cli.stack.ConsoleListener;
import org.ctstream.cli.stack.DataDirectory;
import org.ctstream.cli.stack.LocalStack;
import org.ctstream.cli.stack.StackGuide;
import org.ctstream.cli.stack.StackOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ctstream up}. */
@Command(
        name = "up",
        description = {
            "Runs all of ctstream on this machine until Ctrl-C: Kafka, schema registry, ingest, workers and results"
                    + " sink. No containers, nothing but Java. Everything listens on 127.0.0.1.",
            "Data are kept in the data folder and found again at the next start.",
            ""
        })
public final class UpCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--kafka-port", paramLabel = "PORT", description = "Port of the Kafka broker; 0 takes a free one.")
    private int kafkaPort = 9092;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            description = "Port of the schema registry; 0 takes a free one.")
    private int registryPort = 8081;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            description = "Port of the results API and the review page; 0 takes a free one.")
    private int httpPort = 8080;

    @Mixin
    private StackOptions options = new StackOptions();

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where records, schemas, results, models and logs are kept.")
    private Path dataDir = Path.of("ctstream-data");

    @Override
    public Integer call() {
        options.check();
        PrintWriter out = spec.commandLine().getOut();
        var listener = new ConsoleListener(out, spec.commandLine().getErr());
        try (var interruption = new Interruption();
                var data = DataDirectory.of(dataDir)) {
            var wanted = options.settings(data.path(), kafkaPort, registryPort, httpPort);
            try (var stack = LocalStack.start(wanted, listener)) {
                StackGuide.print(stack, out);
                stack.awaitInterrupt();
                listener.step("Stopping");
            } catch (RuntimeException e) {
                if (!interruption.isAsked()) {
                    throw e;
                }
            }
            listener.step("Stopped");
        }
        return ExitCodes.OK;
    }
}
