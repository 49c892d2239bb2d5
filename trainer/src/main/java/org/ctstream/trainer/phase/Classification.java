package org.ctstream.trainer.phase;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.ctstream.model.network.StagedNetwork;
import org.ctstream.trainer.dataset.LabeledImage;
import org.ctstream.trainer.feed.Batch;
import org.ctstream.trainer.feed.Sample;
import org.ctstream.trainer.loss.CrossEntropy;

/** Cross-entropy of the logits. */
final class Classification implements Objective {
    private final ImageOrder order;
    private final SampleMaker maker;
    private final List<LabeledImage> training;
    private final List<LabeledImage> validation;
    private final PhaseSettings settings;
    private Observed observed = new Observed();

    Classification(
            PhaseSettings settings,
            ImageOrder order,
            SampleMaker maker,
            List<LabeledImage> training,
            List<LabeledImage> validation) {
        this.settings = settings;
        this.order = order;
        this.maker = maker;
        this.training = training;
        this.validation = validation;
    }

    @Override
    public List<Update> plan(int epoch) {
        List<LabeledImage> images = order.of(epoch);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            samples.add(maker.sample(images.get(i), epoch, settings.balanced() ? i : 0));
        }
        return Slicing.parts(samples, settings.batchSize()).stream()
                .map(batch -> new Update(Slicing.evenParts(batch, settings.microBatchSize())))
                .toList();
    }

    @Override
    public List<Sample> allSamples() {
        return maker.all(training);
    }

    @Override
    public List<Sample> validationSamples() {
        return validation.stream().map(Sample::plain).toList();
    }

    @Override
    public int stages(StagedNetwork network) {
        return network.stages().size();
    }

    @Override
    public NDArray loss(NDArray output, Batch batch) {
        float[] targets = batch.targets(settings.labelSmoothing());
        try (NDArray target = output.getManager().create(targets, new Shape(batch.size(), 2))) {
            NDArray loss = CrossEntropy.of(output, target);
            observed.add(output.toFloatArray(), batch.positives(), loss.getFloat());
            return loss;
        }
    }

    @Override
    public Figures training() {
        Figures figures = observed.figures();
        observed = new Observed();
        return figures;
    }

    @Override
    public Figures validation(float[][] outputs) {
        Observed seen = new Observed();
        double loss = 0;
        for (int i = 0; i < outputs.length; i++) {
            boolean positive = validation.get(i).positive();
            loss += Softmax.crossEntropy(outputs[i], positive ? 1 : 0);
            seen.add(outputs[i], new boolean[] {positive}, 0);
        }
        return new Figures(loss / outputs.length, seen.figures().auc());
    }

    /** Logits and losses seen so far. */
    private static final class Observed {
        private final ScoreList scores = new ScoreList();
        private double lossSum;

        void add(float[] logits, boolean[] classes, double loss) {
            for (int i = 0; i < classes.length; i++) {
                scores.add(Softmax.positive(logits[2 * i], logits[2 * i + 1]), classes[i]);
            }
            lossSum += loss * classes.length;
        }

        Figures figures() {
            return new Figures(lossSum / scores.size(), scores.auc());
        }
    }
}
