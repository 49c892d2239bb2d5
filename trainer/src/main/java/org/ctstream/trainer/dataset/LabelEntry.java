package org.ctstream.trainer.dataset;

import org.jspecify.annotations.Nullable;

/**
 * One label as it was given, before splits are settled.
 *
 * @param source the scan id, or list and line
 * @param split null if whoever gave the label did not say
 * @param rank the larger, the newer: milliseconds since 1970, or the line number
 */
record LabelEntry(
        String source,
        String digest,
        boolean positive,
        @Nullable Split split,
        String origin,
        long rank) {}
