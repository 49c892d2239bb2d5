package org.ctstream.sink.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of the worklist, urgent results first, then newest first.
 *
 * @param next what to pass as {@code after} for what follows; null if nothing does
 */
public record WorklistPage(List<WorklistRow> rows, @Nullable String next) {
    public WorklistPage {
        rows = List.copyOf(rows);
    }
}
