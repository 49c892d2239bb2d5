package org.ctstream.trainer.plot;

/** What the vertical axis of a chart over epochs shows. */
enum ValueAxis {
    /** Mean loss per image, from 0 to whatever it is; the best is the lowest. */
    LOSS("mean loss per image"),
    /** Area under the ROC curve, at most 1; the best is the highest. */
    AUC("AUC");

    private final String label;

    ValueAxis(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
