package org.ctstream.sink.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of a study's slices, in the order in which they were received.
 *
 * @param next what to pass as {@code after} for what follows; null if nothing does
 */
public record StudySlicePage(
        List<StudySlice> slices, @Nullable String next) {
    public StudySlicePage {
        slices = List.copyOf(slices);
    }
}
