package org.ctstream.trainer.feed;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.ctstream.imaging.augment.Augmenter;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.trainer.dataset.Dataset;

/**
 * Standardised pixels: (x/255 - mean)/std of the one grey plane for each of three channels.
 *
 * <p>Thread-safe.
 */
public final class PixelRendering implements Rendering {
    /** Least side to which an image is stretched before it is augmented. */
    public static final int SOURCE_SIDE = 256;

    private static final int GREY_LEVELS = 256;

    private final Dataset dataset;
    private final int side;
    private final float[][] levels;

    /**
     * @param side height and width, pixels
     * @param standardisation the training set's numbers
     */
    public PixelRendering(Dataset dataset, int side, Standardisation standardisation) {
        this.dataset = dataset;
        this.side = side;
        this.levels = levels(standardisation);
    }

    @Override
    public Shape shape() {
        return new Shape(side, side, levels.length);
    }

    @Override
    public void render(Sample sample, FloatBuffer target) {
        for (byte pixel : slice(sample).pixels()) {
            int level = pixel & 0xFF;
            for (float[] channel : levels) {
                target.put(channel[level]);
            }
        }
    }

    /** The grey slice a sample stands for. */
    public GreySlice slice(Sample sample) {
        Augmenter augmenter = sample.augmenter();
        if (augmenter == null) {
            return dataset.slice(sample.image(), side);
        }
        return augmenter.apply(dataset.slice(sample.image(), sourceSide()), new SplittableRandom(sample.seed()));
    }

    /** A little more than is served, so that a crop is not blurred more than what is served. */
    private int sourceSide() {
        return Math.max(SOURCE_SIDE, side + side / 7);
    }

    private static float[][] levels(Standardisation standardisation) {
        List<Double> means = standardisation.mean();
        float[][] levels = new float[means.size()][GREY_LEVELS];
        for (int channel = 0; channel < levels.length; channel++) {
            // In the serving engine's order of operations.
            float mean = means.get(channel).floatValue();
            float deviation = standardisation.standardDeviation().get(channel).floatValue();
            for (int level = 0; level < GREY_LEVELS; level++) {
                levels[channel][level] = (level / 255f - mean) / deviation;
            }
        }
        return levels;
    }
}
