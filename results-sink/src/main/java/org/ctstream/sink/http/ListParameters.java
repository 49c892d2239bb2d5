package org.ctstream.sink.http;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ctstream.schemas.avro.Label;
import org.ctstream.sink.store.Cursor;
import org.ctstream.sink.store.ResultFilter;
import org.jspecify.annotations.Nullable;

/** Reads the query parameters of {@code GET /api/results}. Empty values mean the parameter was not given. */
final class ListParameters {
    private static final Set<String> KNOWN = new TreeSet<>(Set.of("label", "source", "limit", "after"));

    private final QueryParameters given;

    private ListParameters(QueryParameters given) {
        this.given = given;
    }

    /** @throws ApiException 400 if a parameter is not known or does not fit */
    static ResultFilter parse(Map<String, List<String>> given) {
        var parameters = new ListParameters(QueryParameters.of(given, KNOWN));
        return new ResultFilter(parameters.label(), parameters.value("source"), parameters.after(), parameters.limit());
    }

    private @Nullable Label label() {
        String text = value("label");
        if (text == null) {
            return null;
        }
        return Arrays.stream(Label.values())
                .filter(label -> label.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> ApiException.badParameter(
                        "Unknown label " + text + " (expected: one of " + Arrays.toString(Label.values()) + ")",
                        "Use one of these, or leave label out for all."));
    }

    private @Nullable Cursor after() {
        String text = value("after");
        return text == null
                ? null
                : Cursor.parse(text)
                        .orElseThrow(() -> ApiException.badParameter(
                                "Cannot read after=" + text + " (expected: the value of next in an earlier answer)",
                                "Pass next unchanged, or leave after out to begin with the newest."));
    }

    private int limit() {
        String text = value("limit");
        if (text == null) {
            return ResultFilter.DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= ResultFilter.MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Answered below, as is a number out of range.
        }
        throw ApiException.badParameter(
                "Cannot use limit=" + text + " (expected: a whole number from 1 to " + ResultFilter.MAX_LIMIT + ")",
                "For more, follow next from page to page.");
    }

    private @Nullable String value(String name) {
        return given.value(name);
    }
}
