package org.ctstream.service.error;

import java.util.Locale;

/** The step of the stream at which something happened to a record; named in dead letters, logs and metrics. */
public enum Stage {
    DESERIALIZE,
    FETCH,
    DECODE,
    NORMALIZE,
    CLASSIFY,
    STORE,
    ALERT;

    /** The lower-case word used in headers, logs and metric tags. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
