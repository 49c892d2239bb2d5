package org.ctstream.trainer.continuous;

import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.trainer.dataset.Split;
import org.ctstream.trainer.metrics.TrainerMeter;

/**
 * The trainer's meters.
 *
 * <h2>Thread safety</h2>
 * One thread sets, any number read.
 */
final class TrainerMeters {
    private final Metrics metrics;
    private final Map<Split, AtomicLong> labels = new EnumMap<>(Split.class);
    private final AtomicLong newLabels = new AtomicLong();
    private volatile double running;
    private volatile double epochs;
    private volatile double epochProgress;
    private volatile double runAuc = Double.NaN;
    private volatile double candidateAuc = Double.NaN;
    private volatile double currentAuc = Double.NaN;

    TrainerMeters(Metrics metrics) {
        this.metrics = metrics;
        for (Split split : Split.values()) {
            AtomicLong count = new AtomicLong();
            labels.put(split, count);
            metrics.gauge(TrainerMeter.LABELS, count, AtomicLong::get, split.word());
        }
        metrics.gauge(TrainerMeter.NEW_LABELS, newLabels, AtomicLong::get);
        metrics.gauge(TrainerMeter.RUNNING, this, meters -> meters.running);
        metrics.gauge(TrainerMeter.EPOCHS, this, meters -> meters.epochs);
        metrics.gauge(TrainerMeter.EPOCH_PROGRESS, this, meters -> meters.epochProgress);
        metrics.gauge(TrainerMeter.EPOCH_AUC, this, meters -> meters.runAuc);
        metrics.gauge(TrainerMeter.CANDIDATE_AUC, this, meters -> meters.candidateAuc);
        metrics.gauge(TrainerMeter.CURRENT_AUC, this, meters -> meters.currentAuc);
        runs("released");
        runs("failed");
    }

    void labels(LabelSnapshot now, long countOfNew) {
        labels.forEach((split, count) -> count.set(now.images(split).size()));
        newLabels.set(countOfNew);
    }

    void running(boolean on) {
        running = on ? 1 : 0;
        epochs = 0;
        epochProgress = 0;
    }

    void step(int epochsDone, double share) {
        epochs = epochsDone;
        epochProgress = share;
    }

    void epoch(int epochsDone, double auc) {
        step(epochsDone, 0);
        runAuc = auc;
    }

    void compared(double candidate, double current) {
        candidateAuc = candidate;
        currentAuc = current;
    }

    void released() {
        runs("released").increment();
    }

    void failed() {
        runs("failed").increment();
    }

    private Counter runs(String outcome) {
        return metrics.counter(TrainerMeter.RUNS, outcome);
    }
}
