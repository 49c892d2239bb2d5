package org.ctstream.cli.verify;

/** Where a scan can be seen, in the order of its way. */
enum Stage {
    RECEIVED,
    NORMALIZED,
    CLASSIFIED,
    DEAD_LETTER,
    REDRIVEN,
    STORED
}
