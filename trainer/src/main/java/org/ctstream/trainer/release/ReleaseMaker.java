package org.ctstream.trainer.release;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ctstream.imaging.slice.SliceNormalizer;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.engine.Engines;
import org.ctstream.model.release.Lineage;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.Weights;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.dataset.Split;
import org.ctstream.trainer.evaluate.Evaluation;
import org.ctstream.trainer.evaluate.Scores;
import org.ctstream.trainer.evaluate.Thresholds;
import org.ctstream.trainer.feed.Standardisation;
import org.ctstream.trainer.run.FinishedPhase;
import org.ctstream.trainer.run.RunRecord;

/**
 * Makes releases of trained weights: half precision, evaluated on validation with the serving engine on exactly the weights
 * that are released, the threshold chosen on validation alone.
 *
 * <p>Not thread-safe.
 */
public final class ReleaseMaker {
    private static final String ENGINE = "pytorch";
    private static final int BATCH = 8;

    private final ModelStore store;
    private final EngineOptions options;

    public ReleaseMaker(ModelStore store, EngineOptions options) {
        this.store = store;
        this.options = options.withMaxBatch(BATCH);
    }

    /**
     * Saves the phase's best weights as a release.
     *
     * @param phase a phase that classifies
     * @param record what the run was made from
     * @return the saved release
     * @throws org.ctstream.model.release.ReleaseException if the store has this release already, or cannot be written
     */
    public StoredRelease make(ReleaseRequest request, FinishedPhase phase, RunRecord record, Dataset dataset) {
        Weights weights = weights(phase, record.standardisation());
        // Figures and threshold are those of the released bytes, which a store has to hold before an engine opens them.
        Trial trial = Trial.of(manifest(request, phase, record, weights, Map.of(), 0.5), weights);
        Scores scores;
        try (trial;
                Classifier classifier = Engines.standard().named(ENGINE).open(trial.release(), options)) {
            scores = ValidationScoring.of(classifier, dataset, dataset.images(Split.VALIDATION));
        }
        double threshold = Thresholds.youden(scores);
        Evaluation evaluation = Evaluation.of(scores, threshold);
        ModelRelease release =
                manifest(request, phase, record, weights, ReleaseFigures.of(evaluation, phase), threshold);
        return store.save(release, weights, ModelCard.of(release, record, phase, evaluation));
    }

    private static Weights weights(FinishedPhase phase, Standardisation standardisation) {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("architecture", phase.settings().architecture());
        notes.put("trained", "true");
        // The digest covers the weights file alone, and these numbers belong to the function as the weights do.
        notes.put("mean", standardisation.mean().toString());
        notes.put("standardDeviation", standardisation.standardDeviation().toString());
        return new Weights(notes, phase.best().tensors()).toF16();
    }

    private static ModelRelease manifest(
            ReleaseRequest request,
            FinishedPhase phase,
            RunRecord record,
            Weights weights,
            Map<String, Double> metrics,
            double threshold) {
        return new ModelRelease(
                request.name(),
                request.version(),
                request.description(),
                phase.settings().architecture(),
                weights.sha256(),
                SliceNormalizer.SIDE,
                SliceNormalizer.SIDE,
                record.standardisation().mean(),
                record.standardisation().standardDeviation(),
                List.of("negative", "positive"),
                threshold,
                true,
                metrics,
                new Lineage(record.labelOffsets(), record.seed(), record.codeVersion(), request.parent()),
                Instant.now());
    }
}
