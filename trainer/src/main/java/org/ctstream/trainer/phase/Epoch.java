package org.ctstream.trainer.phase;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import org.ctstream.trainer.feed.Batch;
import org.ctstream.trainer.feed.BatchFeed;
import org.ctstream.trainer.feed.PixelRendering;
import org.ctstream.trainer.feed.Rendering;
import org.ctstream.trainer.feed.Sample;
import org.ctstream.trainer.feed.Seeds;
import org.ctstream.trainer.network.Gradients;
import org.ctstream.trainer.network.TrainingNetwork;
import org.ctstream.trainer.optimize.Optimizer;
import org.ctstream.trainer.optimize.WeightAverage;
import org.ctstream.trainer.phase.Stopwatch.Part;
import org.jspecify.annotations.Nullable;

/** Runs the steps of one epoch and its validation. Not thread-safe; it belongs to the training thread. */
final class Epoch implements AutoCloseable {
    private final PhaseTask task;
    private final PhaseSettings settings;
    private final TrainingNetwork network;
    private final Optimizer optimizer;
    private final @Nullable WeightAverage average;
    private final Objective objective;
    private final PhaseListener listener;
    private final Rendering rendering;
    /** First stage that is run in a step: behind the frozen ones if their outputs are kept on disk. */
    private final int firstStage;

    private final int endStage;

    private Epoch(
            PhaseTask task,
            TrainingNetwork network,
            Optimizer optimizer,
            @Nullable WeightAverage average,
            Objective objective,
            PhaseListener listener,
            Rendering rendering,
            int firstStage) {
        this.task = task;
        this.settings = task.settings();
        this.network = network;
        this.optimizer = optimizer;
        this.average = average;
        this.objective = objective;
        this.listener = listener;
        this.rendering = rendering;
        this.firstStage = firstStage;
        this.endStage = objective.stages(network.network());
    }

    /**
     * @param average kept and validated instead of the weights; null if none is taken
     * @throws IllegalArgumentException if there are no images to train or validate on, or nothing would learn
     */
    static Epoch of(
            PhaseTask task,
            TrainingNetwork network,
            Optimizer optimizer,
            @Nullable WeightAverage average,
            PhaseListener listener) {
        Objective objective = Objectives.of(task);
        requireLearning(task.settings(), network, objective);
        PixelRendering pixels =
                new PixelRendering(task.dataset(), task.settings().side(), task.standardisation());
        if (task.settings().frozenCopies() == 0 || network.firstTrainable() == 0) {
            return new Epoch(task, network, optimizer, average, objective, listener, pixels, 0);
        }
        FrozenFeatures features = Objectives.frozenFeatures(task, network, objective, pixels, listener);
        return new Epoch(task, network, optimizer, average, objective, listener, features, network.firstTrainable());
    }

    private static void requireLearning(PhaseSettings settings, TrainingNetwork network, Objective objective) {
        int end = objective.stages(network.network());
        if (network.firstTrainable() >= end) {
            throw new IllegalArgumentException("phase " + settings.name() + " would learn nothing: trainable is "
                    + settings.trainable() + ", and its loss depends on "
                    + network.network().stages().subList(0, end));
        }
    }

    EpochOutcome run(int epoch) {
        Stopwatch stopwatch = new Stopwatch();
        train(epoch, stopwatch);
        Figures training = objective.training();
        Figures validation = validate();
        stopwatch.lap(Part.VALIDATION);
        return new EpochOutcome(training, validation, stopwatch.times());
    }

    private void train(int epoch, Stopwatch stopwatch) {
        network.seedEngine(Seeds.of(task.seed(), Seeds.of(settings.name()), epoch));
        List<Update> updates = objective.plan(epoch);
        List<List<Sample>> microBatches = updates.stream()
                .flatMap(update -> update.microBatches().stream())
                .toList();
        try (BatchFeed feed = new BatchFeed(rendering, microBatches, settings.mixup(), task.loaderThreads())) {
            for (int i = 0; i < updates.size(); i++) {
                accumulate(updates.get(i), feed, stopwatch);
                optimizer.step(settings.rate().at(epoch - 1 + (double) i / updates.size()));
                if (average != null) {
                    average.update();
                }
                stopwatch.lap(Part.UPDATE);
                listener.step(settings, epoch, i + 1, updates.size());
            }
        }
    }

    private void accumulate(Update update, BatchFeed feed, Stopwatch stopwatch) {
        try (Gradients gradients = Gradients.on()) {
            for (int i = 0; i < update.microBatches().size(); i++) {
                Batch batch = feed.next();
                stopwatch.lap(Part.DATA);
                try (NDManager scope = network.manager().newSubManager();
                        NDArray input = network.input(batch.values(), batch.shape(), scope);
                        NDArray frozen = network.run(input, firstStage, network.firstTrainable(), false)) {
                    stopwatch.lap(Part.FROZEN_FORWARD);
                    NDArray output = network.run(frozen, network.firstTrainable(), endStage, true);
                    NDArray loss = objective.loss(output, batch);
                    NDArray share = loss.mul((float) batch.size() / update.size());
                    stopwatch.lap(Part.FORWARD);
                    gradients.addOf(share);
                    stopwatch.lap(Part.BACKWARD);
                }
            }
        }
    }

    private Figures validate() {
        if (average != null) {
            average.swap();
        }
        try {
            return objective.validation(outputs(objective.validationSamples()));
        } finally {
            if (average != null) {
                average.swap();
            }
        }
    }

    /** The network's outputs for samples, one row each. */
    private float[][] outputs(List<Sample> samples) {
        float[][] outputs = new float[samples.size()][];
        int row = 0;
        try (BatchFeed feed =
                new BatchFeed(rendering, Slicing.parts(samples, settings.microBatchSize()), 0, task.loaderThreads())) {
            while (feed.hasNext()) {
                Batch batch = feed.next();
                try (NDManager scope = network.manager().newSubManager();
                        NDArray input = network.input(batch.values(), batch.shape(), scope);
                        NDArray output = network.run(input, firstStage, endStage, false)) {
                    float[] values = output.toFloatArray();
                    int length = values.length / batch.size();
                    for (int i = 0; i < batch.size(); i++) {
                        outputs[row++] = Arrays.copyOfRange(values, i * length, (i + 1) * length);
                    }
                }
            }
        }
        return outputs;
    }

    @Override
    public void close() {
        if (rendering instanceof FrozenFeatures features) {
            features.close();
        }
    }
}
