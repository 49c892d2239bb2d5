package org.ctstream.trainer.check;

import java.util.List;

/**
 * How a network did on one batch.
 *
 * @param losses of every step, in order
 * @param predictions of the trained network, as it would be served
 */
public record OverfitResult(List<Double> losses, List<ImagePrediction> predictions) {
    public OverfitResult {
        losses = List.copyOf(losses);
        predictions = List.copyOf(predictions);
    }

    /** Loss of the last step. */
    public double lastLoss() {
        return losses.get(losses.size() - 1);
    }

    /** Whether the loss came down to about zero and every image is said rightly. */
    public boolean passed() {
        return lastLoss() < OverfitBatch.ABOUT_ZERO && predictions.stream().allMatch(ImagePrediction::isRight);
    }
}
