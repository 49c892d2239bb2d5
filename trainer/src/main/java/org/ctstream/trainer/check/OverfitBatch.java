package org.ctstream.trainer.check;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ctstream.trainer.dataset.LabeledImage;
import org.ctstream.trainer.feed.Batch;
import org.ctstream.trainer.feed.BatchFeed;
import org.ctstream.trainer.feed.PixelRendering;
import org.ctstream.trainer.feed.Sample;
import org.ctstream.trainer.loss.CrossEntropy;
import org.ctstream.trainer.network.Gradients;
import org.ctstream.trainer.network.TrainingNetwork;
import org.ctstream.trainer.optimize.AdamW;
import org.ctstream.trainer.optimize.Optimizer;
import org.ctstream.trainer.phase.Softmax;

/**
 * Trains a network on one batch, over and over: a network, loss and optimiser that work bring it to about zero loss, and
 * ones that do not never will.
 *
 * <p>Not thread-safe.
 */
public final class OverfitBatch {
    /** Loss that counts as about zero. */
    public static final double ABOUT_ZERO = 0.01;

    private static final int CLASSES = 2;
    /** Running statistics follow the batch's at a tenth a step, and have to arrive before they are used. */
    private static final int SETTLING_STEPS = 30;

    private final PixelRendering pixels;
    private final List<LabeledImage> images;

    /** @param images the batch, both classes in it */
    public OverfitBatch(PixelRendering pixels, List<LabeledImage> images) {
        this.pixels = pixels;
        this.images = List.copyOf(images);
    }

    /**
     * Trains until the loss has stayed below {@link #ABOUT_ZERO}, or the steps are over.
     *
     * @param watcher is told every step's loss
     */
    public OverfitResult run(
            String architecture, double learningRate, int steps, long seed, Device device, LossWatcher watcher) {
        List<Double> losses = new ArrayList<>();
        try (TrainingNetwork network = TrainingNetwork.create(architecture, CLASSES, 0, seed, device)) {
            network.trainOnly(Set.copyOf(network.network().stages()));
            try (Optimizer optimizer = new Optimizer(network.manager(), network.trainable(), new AdamW(0));
                    NDManager manager = network.manager().newSubManager()) {
                Batch batch = batch();
                NDArray input = network.input(batch.values(), batch.shape(), manager);
                NDArray targets = manager.create(batch.targets(0), new Shape(images.size(), CLASSES));
                int below = 0;
                while (losses.size() < steps && below < SETTLING_STEPS) {
                    double loss = step(network, input, targets);
                    optimizer.step(learningRate);
                    losses.add(loss);
                    below = loss < ABOUT_ZERO ? below + 1 : 0;
                    watcher.step(losses.size(), loss);
                }
                return new OverfitResult(losses, predictions(network, input));
            }
        }
    }

    private static double step(TrainingNetwork network, NDArray input, NDArray targets) {
        int stages = network.network().stages().size();
        try (Gradients gradients = Gradients.on();
                NDArray logits = network.run(input, 0, stages, true);
                NDArray loss = CrossEntropy.of(logits, targets)) {
            gradients.addOf(loss);
            return loss.getFloat();
        }
    }

    private List<ImagePrediction> predictions(TrainingNetwork network, NDArray input) {
        try (NDArray logits = network.run(input, 0, network.network().stages().size(), false)) {
            float[] values = logits.toFloatArray();
            List<ImagePrediction> predictions = new ArrayList<>();
            for (int i = 0; i < images.size(); i++) {
                predictions.add(new ImagePrediction(
                        images.get(i), Softmax.positive(values[CLASSES * i], values[CLASSES * i + 1])));
            }
            return predictions;
        }
    }

    private Batch batch() {
        List<Sample> samples = images.stream().map(Sample::plain).toList();
        try (BatchFeed feed = new BatchFeed(pixels, List.of(samples), 0, 1)) {
            return feed.next();
        }
    }

    /** Is told how the loss goes. */
    @FunctionalInterface
    public interface LossWatcher {
        void step(int step, double loss);
    }
}
