package org.ctstream.trainer.continuous;

import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseException;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.WeightFiles;
import org.ctstream.model.weights.Weights;
import org.ctstream.releases.ReleaseCatalogue;
import org.ctstream.trainer.run.InitialState;
import org.ctstream.trainer.run.RunFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where trainings start: from the release in production; while there is none, from the configured weights if there are
 * any, from the default release if it is a trained one, and else from random weights.
 */
final class StartingPoints {
    private static final Logger log = LoggerFactory.getLogger(StartingPoints.class);
    private static final String EMBEDDING = "-embedding";

    private final ModelStore store;
    private final CurrentRelease current;
    private final RunFactory runs;
    private final String architecture;

    /** @param architecture the configured one; a release of another one has no weights that fit */
    StartingPoints(ModelStore store, RunFactory runs, String architecture) {
        this.store = store;
        this.current = new CurrentRelease(store);
        this.runs = runs;
        this.architecture = architecture;
    }

    /**
     * Where a training that is begun now starts.
     *
     * @throws ReleaseException if the store does not have the release in production as announced: random weights in its
     *     place would be a surprise
     */
    StartingPoint choose(ReleaseCatalogue catalogue) {
        if (catalogue.production().isEmpty()) {
            StartingPoint configured = configured();
            if (configured.initial().weights() != null) {
                return configured;
            }
        }
        StoredRelease release = current.of(catalogue);
        ModelRelease manifest = release.release();
        if (!manifest.trained()) {
            return configured();
        }
        if (!backbone(manifest.architecture()).equals(backbone(architecture))) {
            log.atWarn()
                    .addKeyValue("release", manifest.id())
                    .addKeyValue("found", manifest.architecture())
                    .addKeyValue("expected", architecture)
                    .log("The current release is of another architecture; training does not start from it");
            return configured();
        }
        return from(release);
    }

    /**
     * Where a training that was begun started.
     *
     * @throws ReleaseException if the store does not have that release any more
     */
    StartingPoint again(RunPlan plan) {
        return plan.parent() == null ? configured() : from(store.load(ReleaseId.parse(plan.parent())));
    }

    private StartingPoint configured() {
        return new StartingPoint(runs.initial(), null);
    }

    private static StartingPoint from(StoredRelease release) {
        Weights weights = WeightFiles.read(release.weights());
        ModelRelease manifest = release.release();
        return new StartingPoint(
                new InitialState(weights, "release " + manifest.id() + " with SHA-256 " + manifest.sha256()),
                manifest.id());
    }

    private static String backbone(String name) {
        return name.endsWith(EMBEDDING) ? name.substring(0, name.length() - EMBEDDING.length()) : name;
    }
}
