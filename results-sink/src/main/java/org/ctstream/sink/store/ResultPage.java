package org.ctstream.sink.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some results, newest first.
 *
 * @param next what to pass as {@code after} for the older ones; null if there are none
 */
public record ResultPage(List<ResultRow> results, @Nullable String next) {
    public ResultPage {
        results = List.copyOf(results);
    }
}
