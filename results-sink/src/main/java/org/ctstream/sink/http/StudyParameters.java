package org.ctstream.sink.http;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.StudyState;
import org.ctstream.sink.store.Cursor;
import org.ctstream.sink.store.StudyFilter;
import org.ctstream.sink.store.StudyQueries;
import org.jspecify.annotations.Nullable;

/** Reads the query parameters of {@code GET /api/studies} and {@code /api/studies/{studyUid}}. */
final class StudyParameters {
    private static final Set<String> OF_LIST = new TreeSet<>(Set.of("label", "state", "after", "limit"));
    private static final Set<String> OF_SLICES = new TreeSet<>(Set.of("after", "limit"));

    private StudyParameters() {}

    /** @throws ApiException 400 if a parameter is not known or does not fit */
    static StudyFilter ofList(Map<String, List<String>> given) {
        QueryParameters parameters = QueryParameters.of(given, OF_LIST);
        return new StudyFilter(
                parameters.oneOf("label", Label.values()),
                parameters.oneOf("state", StudyState.values()),
                after(parameters),
                parameters.number("limit", 1, StudyFilter.MAX_LIMIT, StudyFilter.DEFAULT_LIMIT));
    }

    /** @throws ApiException 400 if a parameter is not known or does not fit */
    static Slices ofSlices(Map<String, List<String>> given) {
        QueryParameters parameters = QueryParameters.of(given, OF_SLICES);
        return new Slices(
                after(parameters), parameters.number("limit", 0, StudyQueries.MAX_SLICES, StudyQueries.MAX_SLICES));
    }

    private static @Nullable Cursor after(QueryParameters parameters) {
        return parameters.parsed(
                "after",
                "the value of next in an earlier answer",
                text -> Cursor.parse(text).orElse(null));
    }

    /** Which slices of a study are wanted; none if the limit is 0. */
    record Slices(@Nullable Cursor after, int limit) {}
}
