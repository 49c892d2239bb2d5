package org.ctstream.cli.stack;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ctstream.cli.CliException;
import org.ctstream.cli.connect.StoreOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command that runs a stack on this machine lets its user choose. For one thread. */
public final class StackOptions {
    private static final List<String> DELIVERY_MODES = List.of("exactly-once", "queue");

    @Option(names = "--workers", paramLabel = "N", description = "Inference workers.")
    private int workers = 1;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            description =
                    "Engine of the workers: tensorrt, onnxruntime-tensorrt, onnxruntime or pytorch; \"auto\" chooses"
                            + " what is fastest here (\"ctstream engine list\" shows what is available), \"none\" runs no"
                            + " network, to measure everything else.")
    private String engine = "auto";

    @Option(
            names = "--model",
            paramLabel = "NAME:VERSION|FOLDER",
            description = "Release to put into production before the workers start: one of the model store, or a folder"
                    + " with manifest.json and weights.safetensors. Default: what is in production in the data folder,"
                    + " or the release this program brings along.")
    private @Nullable String model;

    @Option(
            names = "--model-store",
            paramLabel = "DIR",
            description = "Model store in which to look for --model NAME:VERSION. Default: " + StoreOption.VARIABLE
                    + ", or ctstream-data/models.")
    private @Nullable Path modelStore;

    @Option(
            names = "--delivery-mode",
            paramLabel = "MODE",
            description =
                    "How the workers take scans: \"exactly-once\" (consumer groups and transactions; the default) or"
                            + " \"queue\" (share groups, any number of workers on any number of partitions).")
    private @Nullable String deliveryMode;

    @Option(
            names = "-D",
            paramLabel = "ROLE.KEY=VALUE",
            description =
                    "Sets one key of a service (ingest, worker or sink), for example -D worker.batch.max.size=16.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--secure",
            description =
                    "Passwords, TLS and access rights for Kafka and the schema registry, each service as a user of its"
                            + " own, and a password for the HTTP ports. Made at the first start, in the data folder. See"
                            + " docs/security.md.")
    private boolean secure;

    /** @throws CliException if a value cannot be used */
    public void check() {
        if (workers < 1) {
            throw CliException.usage("--workers " + workers + " (expected: 1 or more)", null);
        }
        if (deliveryMode != null && !DELIVERY_MODES.contains(deliveryMode)) {
            throw CliException.usage(
                    "--delivery-mode " + deliveryMode + " (expected: one of " + DELIVERY_MODES + ")", null);
        }
    }

    /**
     * The settings of the stack with these options; for the ports see {@link StackSettings}.
     *
     * @throws CliException if a value cannot be used
     */
    public StackSettings settings(Path dataDirectory, int kafkaPort, int registryPort, int httpPort) {
        check();
        return new StackSettings(
                dataDirectory, kafkaPort, registryPort, httpPort, workers, engine, choice(), roleSettings(), secure);
    }

    private Map<String, String> roleSettings() {
        var all = new LinkedHashMap<String, String>();
        if (deliveryMode != null) {
            all.put("worker.delivery.mode", deliveryMode);
        }
        all.putAll(settings);
        return all;
    }

    private Optional<ReleaseChoice> choice() {
        return Optional.ofNullable(model).map(wanted -> new ReleaseChoice(wanted, modelStore));
    }
}
