package org.ctstream.worker.gate;

/** What is done about scans that are not like chest CT slices. */
public enum GateMode {
    /** Nothing: scans are not measured. */
    OFF,
    /** They are counted, and have results as all others. */
    WATCH,
    /** They are counted, and their results are INDETERMINATE with the reason. */
    ON
}
