package org.ctstream.cli.audit;

/** What can happen to a scan, in the order in which it does if two things have one time. */
enum Event {
    /** Before the receipt that it causes. */
    REDRIVEN,
    RECEIVED,
    NORMALIZED,
    CLASSIFIED,
    STORED,
    ALERTED,
    DEAD_LETTERED,
    LABELLED
}
