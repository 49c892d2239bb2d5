package org.ctstream.sink.store;

import org.jspecify.annotations.Nullable;

/**
 * A result in the worklist.
 *
 * @param urgent a STAT scan that nobody has reviewed
 * @param reviewedAs what a reader last said whose label is on the topic; null while nobody has
 */
public record WorklistRow(
        ResultRow result, boolean urgent, @Nullable String reviewedAs) {}
