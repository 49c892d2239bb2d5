package org.ctstream.trainer.plot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ctstream.trainer.evaluate.Evaluation;
import org.ctstream.trainer.evaluate.RocCurve;
import org.ctstream.trainer.evaluate.Scores;

/** Draws an evaluation: ROC curve, confusion matrix, reliability diagram. */
public final class EvaluationPlots {
    /** File name of the ROC curve. */
    public static final String ROC = "roc.png";

    /** File name of the confusion matrix. */
    public static final String CONFUSION = "confusion.png";

    /** File name of the reliability diagram. */
    public static final String CALIBRATION = "calibration.png";

    private EvaluationPlots() {}

    /**
     * Writes {@value #ROC}, {@value #CONFUSION} and {@value #CALIBRATION}, each in one step. There is no ROC curve without
     * images of both classes: one from before is deleted then.
     *
     * @param folder is created if absent
     * @param evaluation of these scores
     * @throws PlotException if a file cannot be written
     */
    public static void write(Path folder, Scores scores, Evaluation evaluation) {
        Path roc = folder.resolve(ROC);
        if (evaluation.positives() > 0 && evaluation.negatives() > 0) {
            PictureFile.write(RocPicture.draw(RocCurve.of(scores), evaluation), roc);
        } else {
            delete(roc);
        }
        PictureFile.write(ConfusionPicture.draw(evaluation), folder.resolve(CONFUSION));
        PictureFile.write(CalibrationPicture.draw(evaluation), folder.resolve(CALIBRATION));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new PlotException("cannot delete the plot of an earlier evaluation, " + file + ": " + e, e);
        }
    }
}
