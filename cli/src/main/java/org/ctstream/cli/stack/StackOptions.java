package org.ctstream.cli.stack;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ctstream.cli.CliException;
import picocli.CommandLine.Option;

/** What every command that runs a stack on this machine lets its user choose. For one thread. */
public final class StackOptions {
    @Option(names = "--workers", paramLabel = "N", description = "Inference workers.")
    private int workers = 1;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            description = "Engine of the workers; \"none\" runs no network, to measure everything else.")
    private String engine = "pytorch";

    @Option(
            names = "-D",
            paramLabel = "ROLE.KEY=VALUE",
            description =
                    "Sets one key of a service (ingest, worker or sink), for example -D worker.batch.max.size=16.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** @throws CliException if a value cannot be used */
    public void check() {
        if (workers < 1) {
            throw CliException.usage("--workers " + workers + " (expected: 1 or more)", null);
        }
    }

    /**
     * The settings of the stack with these options; for the ports see {@link StackSettings}.
     *
     * @throws CliException if a value cannot be used
     */
    public StackSettings settings(Path dataDirectory, int kafkaPort, int registryPort, int httpPort) {
        check();
        return new StackSettings(dataDirectory, kafkaPort, registryPort, httpPort, workers, engine, settings);
    }
}
