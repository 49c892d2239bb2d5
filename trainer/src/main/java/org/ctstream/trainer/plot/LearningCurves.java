package org.ctstream.trainer.plot;

import java.nio.file.Path;
import java.util.List;
import org.ctstream.trainer.history.EpochRecord;

/**
 * Draws loss and area under the ROC curve over a run's epochs, for training and validation. The epochs of several phases
 * stand one after another, each phase's beginning marked and named.
 */
public final class LearningCurves {
    /** File name of the loss curves. */
    public static final String LOSS = "loss.png";

    /** File name of the curves of the area under the ROC curve. */
    public static final String AUC = "auc.png";

    private LearningCurves() {}

    /**
     * Writes {@value #LOSS} and {@value #AUC}, each in one step, so that a reader never sees half a picture.
     *
     * @param folder is created if absent
     * @param epochs in the order in which they ran; values that are not finite are left out. Nothing is written if there
     *     are no epochs
     * @throws PlotException if a file cannot be written
     */
    public static void write(Path folder, List<EpochRecord> epochs) {
        if (epochs.isEmpty()) {
            return;
        }
        var loss = new EpochChart(title("Loss", Best.loss(epochs)), ValueAxis.LOSS);
        loss.addLine("train", epochs, EpochRecord::trainLoss, LineLook.TRAIN);
        loss.addLine("validation", epochs, EpochRecord::validationLoss, LineLook.VALIDATION);
        loss.markPhases(epochs);
        loss.write(folder.resolve(LOSS));

        var auc = new EpochChart(title("AUC", Best.auc(epochs)), ValueAxis.AUC);
        auc.addLine("train", epochs, EpochRecord::trainAuc, LineLook.TRAIN);
        auc.addLine("validation", epochs, EpochRecord::validationAuc, LineLook.VALIDATION);
        auc.markPhases(epochs);
        auc.write(folder.resolve(AUC));
    }

    private static String title(String what, Best best) {
        return best.isKnown() ? what + ": best on validation " + best.text() : what;
    }
}
