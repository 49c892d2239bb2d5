package org.ctstream.trainer.plot;

import java.util.List;
import java.util.Locale;
import org.ctstream.trainer.history.EpochRecord;

/**
 * Epochs as lines of text for a terminal, in columns of fixed width, so that they can be printed one by one as they end.
 * A value that was not measured is a dash.
 */
public final class EpochTable {
    private static final int PHASE_WIDTH = 14;
    private static final String HEADINGS = "%-" + PHASE_WIDTH + "s %5s %8s %9s  %10s %9s  %10s %9s";

    private EpochTable() {}

    /** The headings. */
    public static String header() {
        return String.format(
                Locale.ROOT,
                HEADINGS,
                "PHASE",
                "EPOCH",
                "TIME",
                "RATE",
                "TRAIN LOSS",
                "TRAIN AUC",
                "VAL LOSS",
                "VAL AUC");
    }

    /** One epoch. */
    public static String line(EpochRecord epoch) {
        return String.format(
                Locale.ROOT,
                HEADINGS,
                epoch.phase(),
                epoch.epoch(),
                time(epoch.seconds()),
                number("%.2e", epoch.learningRate()),
                number("%.4f", epoch.trainLoss()),
                number("%.4f", epoch.trainAuc()),
                number("%.4f", epoch.validationLoss()),
                number("%.4f", epoch.validationAuc()));
    }

    /** The whole table, every line ended; the epoch of the highest validation AUC bears a star. */
    public static String text(List<EpochRecord> epochs) {
        EpochRecord best = Best.auc(epochs).epoch();
        var text = new StringBuilder(header()).append('\n');
        for (EpochRecord epoch : epochs) {
            text.append(line(epoch)).append(epoch.equals(best) ? " *" : "").append('\n');
        }
        return text.toString();
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }

    private static String time(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 100) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d h", whole / 3600, whole % 3600 / 60);
    }
}
