package org.ctstream.sink.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of the list of studies, those that began last first.
 *
 * @param next what to pass as {@code after} for what follows; null if nothing does
 */
public record StudyPage(List<StudyRow> studies, @Nullable String next) {
    public StudyPage {
        studies = List.copyOf(studies);
    }
}
