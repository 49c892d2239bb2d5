package org.ctstream.worker.predict;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.Stage;
import org.ctstream.worker.batch.PendingScan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs batches so that neither one bad scan nor a device short of memory takes the others down: a batch that fails is
 * halved until the scan that fails alone is found.
 *
 * <p>A scan that fails alone is rejected only if the engine still classifies an empty slice right after; otherwise the
 * engine is at fault, and rejecting would empty the whole topic into dead letters.
 *
 * <h2>Thread safety</h2>
 * For one thread, the engine's.
 */
final class IsolatingClassifier {
    private static final Logger log = LoggerFactory.getLogger(IsolatingClassifier.class);

    private final Classifier classifier;
    private final Clock clock;
    /** Lowered for good when the device runs out of memory; a reopened engine starts afresh. */
    private int largestBatch;

    IsolatingClassifier(Classifier classifier, Clock clock) {
        this.classifier = classifier;
        this.clock = clock;
        this.largestBatch = classifier.maxBatchSize();
    }

    /**
     * One outcome for each classifiable scan, in order.
     *
     * @throws ClassifierException.DeviceLost if the engine must be reopened; nothing of the batch is lost
     */
    List<Outcome> classify(PreparedBatch batch) {
        var outcomes = new ArrayList<Outcome>(batch.classifiable().size());
        run(batch.slices(), batch.classifiable(), outcomes);
        return outcomes;
    }

    private void run(SliceBatch slices, List<PendingScan> scans, List<Outcome> outcomes) {
        if (slices.isEmpty()) {
            return;
        }
        if (slices.size() > largestBatch) {
            halve(slices, scans, outcomes);
            return;
        }
        try {
            collect(classifier.classify(slices), scans, outcomes);
        } catch (ClassifierException.OutOfMemory e) {
            if (slices.size() == 1) {
                throw new ClassifierException.DeviceLost("The device has no memory for even one scan", e);
            }
            largestBatch = slices.size() / 2;
            log.atWarn()
                    .addKeyValue("batchSize", slices.size())
                    .addKeyValue("newLimit", largestBatch)
                    .log("Device out of memory; batches are smaller from now on");
            halve(slices, scans, outcomes);
        } catch (ClassifierException.EngineFailure e) {
            if (slices.size() == 1) {
                reject(scans.get(0), e, outcomes);
            } else {
                halve(slices, scans, outcomes);
            }
        }
    }

    private void halve(SliceBatch slices, List<PendingScan> scans, List<Outcome> outcomes) {
        int middle = slices.size() / 2;
        run(slices.copyOfRange(0, middle), scans.subList(0, middle), outcomes);
        run(slices.copyOfRange(middle, slices.size()), scans.subList(middle, scans.size()), outcomes);
    }

    private void collect(List<Prediction> predictions, List<PendingScan> scans, List<Outcome> outcomes) {
        if (predictions.size() != scans.size()) {
            throw new ClassifierException.DeviceLost(
                    "The engine answered " + predictions.size() + " predictions for " + scans.size() + " scans",
                    new IllegalStateException("predictions and scans differ in number"));
        }
        for (int i = 0; i < scans.size(); i++) {
            outcomes.add(new Outcome.Predicted(
                    scans.get(i), predictions.get(i), classifier.release(), classifier.engine(), clock.instant()));
        }
    }

    private void reject(PendingScan scan, ClassifierException.EngineFailure failure, List<Outcome> outcomes) {
        requireWorkingEngine(failure);
        outcomes.add(new Outcome.Rejected(
                scan,
                new PoisonRecordException(
                        Stage.CLASSIFY,
                        "engine-failure",
                        "pixels",
                        "The engine " + classifier.engine().engine() + " fails on this scan alone: "
                                + failure.getMessage() + ".",
                        "keep the scan for the maintainers; redrive it after the engine is mended.",
                        failure)));
    }

    private void requireWorkingEngine(ClassifierException.EngineFailure failure) {
        ModelRelease release = classifier.release();
        var empty = new SliceBatch(1, release.height(), release.width());
        empty.add(new byte[release.height() * release.width()]);
        try {
            classifier.classify(empty);
        } catch (ClassifierException e) {
            e.addSuppressed(failure);
            throw new ClassifierException.DeviceLost("The engine fails on an empty slice too", e);
        }
    }
}
