package org.ctstream.trainer.dataset;

import java.util.Locale;

/** A data set in a few lines for people. */
final class DatasetSummary {
    private static final int MOST_REJECTED = 20;
    private static final int PERCENT = 100;

    private DatasetSummary() {}

    static String of(Dataset dataset) {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%-10s  %6s  %8s  %8s  %9s  %-18s  %-18s  %6s  %6s%n",
                "split",
                "images",
                "positive",
                "negative",
                "positive%",
                "height min/med/max",
                "width min/med/max",
                "mean",
                "std"));
        for (Split split : Split.values()) {
            text.append(line(dataset.statistics(split)));
        }
        int rejected = dataset.rejected().size();
        text.append("Rejected labels: ").append(rejected).append(System.lineSeparator());
        dataset.rejected().stream()
                .limit(MOST_REJECTED)
                .forEach(each -> text.append("  ").append(each).append(System.lineSeparator()));
        if (rejected > MOST_REJECTED) {
            text.append("  and ")
                    .append(rejected - MOST_REJECTED)
                    .append(" more")
                    .append(System.lineSeparator());
        }
        return text.toString();
    }

    private static String line(DatasetStatistics split) {
        if (split.count() == 0) {
            return String.format(Locale.ROOT, "%-10s  %6d%n", split.split().word(), 0);
        }
        return String.format(
                Locale.ROOT,
                "%-10s  %6d  %8d  %8d  %9.1f  %-18s  %-18s  %6.4f  %6.4f%n",
                split.split().word(),
                split.count(),
                split.positives(),
                split.negatives(),
                PERCENT * split.positiveShare(),
                split.heights(),
                split.widths(),
                split.mean(),
                split.standardDeviation());
    }
}
