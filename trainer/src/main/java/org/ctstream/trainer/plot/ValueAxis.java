package org.ctstream.trainer.plot;

import java.util.stream.DoubleStream;

/** What the vertical axis of a chart over epochs shows. */
enum ValueAxis {
    /** Mean loss per image: the axis begins at 0. */
    LOSS("mean loss per image", "0.###") {
        @Override
        double lowest(DoubleStream values) {
            return Math.min(0, values.min().orElse(0));
        }

        @Override
        double highest(DoubleStream values) {
            double highest = values.max().orElse(1);
            return highest > 0 ? highest : 1;
        }
    },
    /** Area under the ROC curve: the axis ends at 1 and shows chance, 0.5. */
    AUC("area under the ROC curve", "0.00") {
        @Override
        double lowest(DoubleStream values) {
            return Math.floor(10 * Math.min(0.5, values.min().orElse(0.5))) / 10;
        }

        @Override
        double highest(DoubleStream values) {
            return 1;
        }
    };

    private final String label;
    private final String pattern;

    ValueAxis(String label, String pattern) {
        this.label = label;
        this.pattern = pattern;
    }

    String label() {
        return label;
    }

    /** Pattern of the numbers along the axis. */
    String pattern() {
        return pattern;
    }

    /** Where the axis begins. */
    abstract double lowest(DoubleStream values);

    /** The highest value that has to be on the axis. */
    abstract double highest(DoubleStream values);
}
