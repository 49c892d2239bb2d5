package org.ctstream.sink.store;

import java.util.Optional;

/**
 * A place in the worklist: urgent results first, each part newest first.
 *
 * @param urgency 1 among the urgent, else 0
 */
public record WorklistCursor(int urgency, Cursor place) {
    public WorklistCursor {
        if (urgency != 0 && urgency != 1) {
            throw new IllegalArgumentException("urgency " + urgency + " (expected: 0 or 1)");
        }
    }

    /** The URL-safe text clients hand back. */
    public String text() {
        return urgency + place.text();
    }

    /** The cursor a client handed back, or empty if we never made such a one. */
    public static Optional<WorklistCursor> parse(String text) {
        if (!text.startsWith("0") && !text.startsWith("1")) {
            return Optional.empty();
        }
        return Cursor.parse(text.substring(1)).map(place -> new WorklistCursor(text.charAt(0) - '0', place));
    }
}
