package org.ctstream.trainer.run;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.List;
import org.ctstream.model.weights.WeightFiles;
import org.ctstream.model.weights.Weights;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.network.TrainingEngine;
import org.ctstream.trainer.phase.PhaseListener;

/** Makes runs of a configuration with {@link TrainKeys}. */
public final class RunFactory {
    private final ServiceConfig config;
    private final String codeVersion;

    /** @param codeVersion version of this program, for the record */
    public RunFactory(ServiceConfig config, String codeVersion) {
        this.config = config;
        this.codeVersion = codeVersion;
    }

    /** What the configuration says to begin from. */
    public InitialState initial() {
        String file = config.string(TrainKeys.INITIAL_WEIGHTS);
        if (file.isEmpty()) {
            return InitialState.RANDOM;
        }
        Weights weights = WeightFiles.read(Path.of(file));
        return new InitialState(weights, "weights file with SHA-256 " + weights.sha256());
    }

    /**
     * A run in a folder; loads the engine.
     *
     * @throws IllegalArgumentException if settings do not go together or the device is not there
     */
    public TrainingRun run(Path folder, Dataset dataset, InitialState initial, PhaseListener listener) {
        Device device = TrainingEngine.load(config.string(TrainKeys.DEVICE), config.integer(TrainKeys.THREADS));
        RunSettings settings = new RunSettings(
                config.longInteger(TrainKeys.SEED),
                config.string(TrainKeys.STANDARDISATION).equals("imagenet"),
                device,
                config.integer(TrainKeys.LOADER_THREADS),
                codeVersion);
        return new TrainingRun(folder, new Recipe(config).phases(), dataset, initial, settings, listener);
    }

    /**
     * The phase whose weights are to be released.
     *
     * @throws RunException if no finished phase classifies
     */
    public FinishedPhase toRelease(List<FinishedPhase> finished) {
        return ReleasePhase.of(finished, config.string(TrainKeys.RELEASE_PHASE).equals("best"));
    }
}
