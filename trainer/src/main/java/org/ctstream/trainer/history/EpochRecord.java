package org.ctstream.trainer.history;

/**
 * One epoch of one phase. A value that was not measured is NaN.
 *
 * @param phase name of the phase, for example {@code finetune}
 * @param epoch counted from 1 within the phase
 * @param seconds wall-clock time of the epoch, validation included
 * @param learningRate at the end of the epoch
 * @param trainLoss mean loss per image over the epoch's steps, as the steps saw it (augmented, weights moving)
 * @param trainAuc area under the ROC curve over the same outputs
 * @param validationLoss mean loss per image, not augmented
 * @param validationAuc area under the ROC curve, not augmented
 */
public record EpochRecord(
        String phase,
        int epoch,
        double seconds,
        double learningRate,
        double trainLoss,
        double trainAuc,
        double validationLoss,
        double validationAuc) {
    public EpochRecord {
        if (epoch < 1 || seconds < 0) {
            throw new IllegalArgumentException(
                    "an epoch is counted from 1 and takes time, found epoch " + epoch + " and " + seconds + " seconds");
        }
    }
}
