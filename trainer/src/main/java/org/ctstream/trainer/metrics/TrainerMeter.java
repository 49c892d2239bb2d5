package org.ctstream.trainer.metrics;

import java.util.List;
import org.ctstream.service.metrics.MeterDefinition;
import org.ctstream.service.metrics.MeterSpec;

/** Meters of the trainer alone. */
public enum TrainerMeter implements MeterDefinition {
    LABELS(MeterSpec.gauge("trainer.labels", "images", "Labelled images in the data set, by split", "split")),
    NEW_LABELS(MeterSpec.gauge("trainer.new.labels", "images", "Training labels that no training has seen")),
    RUNNING(MeterSpec.gauge("trainer.running", "0 or 1", "1 while a run is on, 0 otherwise")),
    EPOCHS(MeterSpec.gauge("trainer.epochs", "epochs", "Epochs of the running phase that are done")),
    EPOCH_PROGRESS(MeterSpec.gauge(
            "trainer.epoch.progress", "share", "Share of the running epoch's updates that are done, 0 to 1")),
    EPOCH_AUC(MeterSpec.gauge("trainer.epoch.auc", "AUC", "Validation AUC of the last epoch")),
    CANDIDATE_AUC(MeterSpec.gauge("trainer.candidate.auc", "AUC", "Validation AUC of the last release made here")),
    CURRENT_AUC(MeterSpec.gauge(
            "trainer.current.auc", "AUC", "Validation AUC of the release in production, on the same images")),
    RUNS(MeterSpec.counter("trainer.runs", "runs", "Runs that are over, by outcome: released, failed", "outcome"));

    @SuppressWarnings("ImmutableEnumChecker") // a record that copies its list
    private final MeterSpec spec;

    TrainerMeter(MeterSpec spec) {
        this.spec = spec;
    }

    @Override
    public MeterSpec spec() {
        return spec;
    }

    @Override
    public List<String> services() {
        return List.of("trainer");
    }
}
