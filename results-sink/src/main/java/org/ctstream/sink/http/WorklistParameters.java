package org.ctstream.sink.http;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ctstream.schemas.avro.Label;
import org.ctstream.sink.store.ReviewFilter;
import org.ctstream.sink.store.ScanSearch;
import org.ctstream.sink.store.WorklistCursor;
import org.ctstream.sink.store.WorklistFilter;
import org.jspecify.annotations.Nullable;

/** Reads the query parameters of {@code GET /api/worklist}. Empty values mean the parameter was not given. */
final class WorklistParameters {
    private static final Set<String> KNOWN = new TreeSet<>(Set.of(
            "label",
            "least",
            "most",
            "source",
            "model",
            "version",
            "from",
            "until",
            "reviewed",
            "scan",
            "after",
            "limit"));
    private static final Instant OLDEST = Instant.EPOCH;
    private static final Instant NEWEST = Instant.parse("9999-12-31T00:00:00Z");

    private final QueryParameters given;

    private WorklistParameters(QueryParameters given) {
        this.given = given;
    }

    /** @throws ApiException 400 if a parameter is not known or does not fit */
    static WorklistFilter parse(Map<String, List<String>> given) {
        return new WorklistParameters(QueryParameters.of(given, KNOWN)).filter();
    }

    private WorklistFilter filter() {
        String model = value("model");
        String version = value("version");
        if (version != null && model == null) {
            throw ApiException.badParameter("version is given without model (expected: both)", "Give model too.");
        }
        ReviewFilter reviewed = given.oneOf("reviewed", ReviewFilter.values());
        return new WorklistFilter(
                given.oneOf("label", Label.values()),
                given.parsed("least", "a number from 0 to 1", WorklistParameters::probability),
                given.parsed("most", "a number from 0 to 1", WorklistParameters::probability),
                value("source"),
                model,
                version,
                given.parsed("from", "a time from 1970 on, as 2026-11-23T03:00:00Z", WorklistParameters::time),
                given.parsed("until", "a time from 1970 on, as 2026-11-23T03:00:00Z", WorklistParameters::time),
                reviewed == null ? ReviewFilter.ANY : reviewed,
                given.parsed("scan", "1 to " + ScanSearch.MAX_LENGTH + " characters", ScanSearch::new),
                given.parsed(
                        "after",
                        "the value of next in an earlier answer",
                        text -> WorklistCursor.parse(text).orElse(null)),
                given.number("limit", 1, WorklistFilter.MAX_LIMIT, WorklistFilter.DEFAULT_LIMIT));
    }

    private static @Nullable Double probability(String text) {
        double value = Double.parseDouble(text);
        return value >= 0 && value <= 1 ? value : null;
    }

    private static @Nullable Instant time(String text) {
        Instant time = Instant.parse(text);
        return !time.isBefore(OLDEST) && time.isBefore(NEWEST) ? time : null;
    }

    private @Nullable String value(String name) {
        String value = given.value(name);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
