package org.ctstream.sink.deliver;

import org.ctstream.sink.store.AlertedScan;

/** What every alert says of itself, in every format. */
public final class Notice {
    /** For all alerts. */
    public static final String TEXT =
            "Computed by software that is not a medical device. This is not a diagnosis; a physician has to read the scan.";

    private Notice() {}

    /** The text for this alert: whether it is a test, too. */
    public static String of(AlertedScan alert) {
        return alert.modelTrained() ? TEXT : TEXT + " TEST: no training has produced the model.";
    }
}
