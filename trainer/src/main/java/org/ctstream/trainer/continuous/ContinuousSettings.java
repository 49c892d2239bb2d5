package org.ctstream.trainer.continuous;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.List;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.fetch.Sha256;
import org.ctstream.trainer.phase.PhaseSettings;
import org.ctstream.trainer.run.Recipe;
import org.ctstream.trainer.run.TrainKeys;

/**
 * When the service trains, and what its runs are made with.
 *
 * @param due when new labels are reason enough
 * @param releaseName name of the line of releases
 * @param store the model store
 * @param digest SHA-256 of everything a run that was begun must be gone on with
 * @param program version of the program
 * @param keepRuns folders of runs that are kept
 */
record ContinuousSettings(
        DueRule due, String releaseName, ModelStore store, String digest, String program, int keepRuns) {

    /** @throws IllegalArgumentException if the settings of the run do not go together, or the name cannot be a release's */
    static ContinuousSettings of(ServiceConfig config, String program) {
        String name = config.string(TrainerKeys.RELEASE_NAME);
        String line = name.isEmpty() ? config.string(TrainKeys.ARCHITECTURE) : name;
        return new ContinuousSettings(
                new DueRule(config.integer(TrainerKeys.NEW_LABELS), config.millis(TrainerKeys.MAX_WAIT_MS)),
                new ReleaseId(line, "1").name(),
                new ModelStore(config.path(TrainerKeys.MODEL_STORE)),
                digest(config),
                program,
                config.integer(TrainerKeys.KEEP_RUNS));
    }

    boolean hasRelease(String version) {
        return store.contains(new ReleaseId(releaseName, version));
    }

    /** @throws IllegalStateException if a run was begun with other settings than these */
    void requireSame(RunPlan plan) {
        if (!plan.circumstances().settings().equals(digest)) {
            throw new IllegalStateException("its settings were changed since it began");
        }
    }

    private static String digest(ServiceConfig config) {
        List<String> phases = new Recipe(config)
                .phases().stream().map(PhaseSettings::describe).toList();
        String all = String.join(
                "\n",
                phases.toString(),
                Long.toString(config.longInteger(TrainKeys.SEED)),
                config.string(TrainKeys.STANDARDISATION),
                config.string(TrainKeys.INITIAL_WEIGHTS),
                config.string(TrainKeys.RELEASE_PHASE));
        return HexFormat.of().formatHex(Sha256.newDigest().digest(all.getBytes(UTF_8)));
    }
}
