package org.ctstream.trainer.plot;

import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
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
     * @param epochs in the order in which they ran; nothing is written if there are none
     * @throws PlotException if a file cannot be written
     */
    public static void write(Path folder, List<EpochRecord> epochs) {
        if (epochs.isEmpty()) {
            return;
        }
        draw("Loss", epochs, EpochRecord::trainLoss, EpochRecord::validationLoss, ValueAxis.LOSS)
                .write(folder.resolve(LOSS));
        draw("Area under the ROC curve", epochs, EpochRecord::trainAuc, EpochRecord::validationAuc, ValueAxis.AUC)
                .write(folder.resolve(AUC));
    }

    private static EpochChart draw(
            String title,
            List<EpochRecord> epochs,
            ToDoubleFunction<EpochRecord> train,
            ToDoubleFunction<EpochRecord> validation,
            ValueAxis axis) {
        var chart = new EpochChart(title, axis);
        chart.addLine("train", epochs, train, LineLook.TRAIN);
        chart.addLine("validation", epochs, validation, LineLook.VALIDATION);
        chart.markPhases(epochs);
        return chart;
    }
}
