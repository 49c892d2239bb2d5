package org.ctstream.trainer.dataset;

import java.util.Locale;

/** The part of a data set an image belongs to; every image belongs to one. */
public enum Split {
    /** What weights are fitted on. */
    TRAIN,
    /** What decides between epochs, thresholds and settings. */
    VALIDATION,
    /** What is looked at once, at the end. */
    TEST;

    /** The lower-case word used in tables and options. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
