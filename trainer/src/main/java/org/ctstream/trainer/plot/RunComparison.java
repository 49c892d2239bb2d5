package org.ctstream.trainer.plot;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ctstream.trainer.history.EpochRecord;

/** Draws the validation AUC of several runs over their epochs into one picture. */
public final class RunComparison {
    private RunComparison() {}

    /**
     * Writes the picture in one step. The legend gives each run's best value.
     *
     * @param png the file
     * @param runs epochs by the run's name, drawn in the map's order; runs that never measured it are left out
     * @throws PlotException if the file cannot be written
     */
    public static void write(Path png, Map<String, List<EpochRecord>> runs) {
        var chart = new EpochChart("Validation AUC by run", ValueAxis.AUC);
        int number = 0;
        for (Map.Entry<String, List<EpochRecord>> run : runs.entrySet()) {
            Best best = Best.auc(run.getValue());
            String name = String.format(Locale.ROOT, "%s (best %.3f)", run.getKey(), best.value());
            chart.addLine(name, run.getValue(), EpochRecord::validationAuc, LineLook.numbered(number++));
        }
        chart.write(png);
    }
}
