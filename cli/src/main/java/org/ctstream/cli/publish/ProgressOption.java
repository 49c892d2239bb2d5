package org.ctstream.cli.publish;

/** How a long publication shows how far it is. */
enum ProgressOption {
    /** A bar on a terminal, lines elsewhere. */
    AUTO,
    /** A bar on standard error. */
    BAR,
    /** A line on standard error every few seconds. */
    LINES,
    /** Nothing. */
    NONE
}
