package org.ctstream.sink.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is under way of studies.
 *
 * @param open studies whose slices may still be coming
 * @param pending revisions that are kept and not yet on the topic
 * @param oldestPending when the oldest of those was rolled up; null if there is none
 */
public record StudyDepth(long open, long pending, @Nullable Instant oldestPending) {}
