package org.ctstream.trainer.continuous;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.ctstream.trainer.dataset.Split;

/**
 * The trainer's meters.
 *
 * <h2>Thread safety</h2>
 * One thread sets, any number read.
 */
final class TrainerMeters {
    private final MeterRegistry registry;
    private final Map<Split, AtomicLong> labels = new EnumMap<>(Split.class);
    private final AtomicLong newLabels = new AtomicLong();
    private volatile double running;
    private volatile double epochs;
    private volatile double epochProgress;
    private volatile double runAuc = Double.NaN;
    private volatile double candidateAuc = Double.NaN;
    private volatile double currentAuc = Double.NaN;

    TrainerMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Split split : Split.values()) {
            AtomicLong count = new AtomicLong();
            labels.put(split, count);
            Gauge.builder("ctstream.trainer.labels", count::get)
                    .description("Labelled images in the data set, by split")
                    .tag("split", split.word())
                    .register(registry);
        }
        gauge("new.labels", "Training labels that no training has seen", newLabels::get);
        gauge("running", "1 while a run is on, 0 otherwise", () -> running);
        gauge("epochs", "Epochs of the running phase that are done", () -> epochs);
        gauge("epoch.progress", "Share of the running epoch's updates that are done, 0 to 1", () -> epochProgress);
        gauge("epoch.auc", "Validation AUC of the last epoch", () -> runAuc);
        gauge("candidate.auc", "Validation AUC of the last release made here", () -> candidateAuc);
        gauge("current.auc", "Validation AUC of the release in production, on the same images", () -> currentAuc);
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
        return Counter.builder("ctstream.trainer.runs")
                .description("Runs that are over, by outcome")
                .tag("outcome", outcome)
                .register(registry);
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder("ctstream.trainer." + name, value)
                .description(description)
                .register(registry);
    }
}
