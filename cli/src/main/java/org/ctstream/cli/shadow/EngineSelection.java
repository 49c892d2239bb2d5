package org.ctstream.cli.shadow;

import org.ctstream.cli.CliException;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.engine.EngineChoice;
import org.ctstream.model.engine.Engines;
import org.ctstream.model.release.StoredRelease;
import picocli.CommandLine.Option;

/** Which engine runs the candidate, and how. For one thread. */
final class EngineSelection {
    @Option(names = "--engine", paramLabel = "NAME", description = "Engine that runs the network. Default: auto.")
    private String engine = "auto";

    @Option(names = "--device", paramLabel = "DEVICE", description = "cpu, gpu, gpu:N or auto. Default: cpu.")
    private String device = "cpu";

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Threads of the engine on a processor; 0 lets it decide. Default: 1, so that workers on the same"
                            + " machine are left alone.")
    private int threads = 1;

    @Option(names = "--batch", paramLabel = "N", description = "Most slices the engine computes at once. Default: 16.")
    private int batch = 16;

    int batch() {
        return batch;
    }

    /** @throws CliException if the engine cannot be had or refuses an option */
    Classifier open(StoredRelease release) {
        try {
            EngineChoice choice = Engines.standard().choose(engine, device);
            Classifier opened = choice.factory()
                    .open(
                            release,
                            choice.on(EngineOptions.defaults()
                                    .withThreads(threads)
                                    .withMaxBatch(batch)));
            if (!opened.release().id().equals(release.release().id())) {
                opened.close();
                throw CliException.usage(
                        "--engine " + engine + " does not run "
                                + release.release().id(),
                        null);
            }
            return opened;
        } catch (IllegalArgumentException e) {
            throw CliException.usage("Cannot run " + release.release().id() + ": " + e.getMessage(), e);
        }
    }
}
