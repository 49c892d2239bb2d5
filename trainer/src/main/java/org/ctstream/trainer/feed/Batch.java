package org.ctstream.trainer.feed;

import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Samples as numbers, ready for the network.
 *
 * @param samples the samples, in the order of the rows
 * @param values float32, direct, in the machine's byte order; given up by its maker
 * @param shape (N, H, W, C), or (N, features)
 * @param mix how the rows were mixed
 */
public record Batch(List<Sample> samples, ByteBuffer values, Shape shape, Mix mix) {
    public Batch {
        samples = List.copyOf(samples);
    }

    public int size() {
        return samples.size();
    }

    /** The class of each row, unmixed. */
    public boolean[] positives() {
        boolean[] positives = new boolean[samples.size()];
        for (int i = 0; i < positives.length; i++) {
            positives[i] = samples.get(i).image().positive();
        }
        return positives;
    }

    /**
     * Target probabilities.
     *
     * @param smoothing share of the target spread over both classes, 0 to below 1
     * @return (N, 2), row-major: negative, positive
     */
    public float[] targets(double smoothing) {
        float[] targets = new float[2 * samples.size()];
        for (int row = 0; row < samples.size(); row++) {
            double own = positive(row);
            double other = positive(samples.size() - 1 - row);
            double share = mix.share() * own + (1 - mix.share()) * other;
            double positive = share * (1 - smoothing) + smoothing / 2;
            targets[2 * row] = (float) (1 - positive);
            targets[2 * row + 1] = (float) positive;
        }
        return targets;
    }

    private double positive(int row) {
        return samples.get(row).image().positive() ? 1 : 0;
    }
}
