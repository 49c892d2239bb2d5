package org.ctstream.sink.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
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
        return new WorklistFilter(
                parsed("label", "POSITIVE, NEGATIVE or INDETERMINATE", text -> one(Label.values(), text)),
                parsed("least", "a number from 0 to 1", WorklistParameters::probability),
                parsed("most", "a number from 0 to 1", WorklistParameters::probability),
                value("source"),
                model,
                version,
                parsed("from", "a time from 1970 on, as 2026-11-23T03:00:00Z", WorklistParameters::time),
                parsed("until", "a time from 1970 on, as 2026-11-23T03:00:00Z", WorklistParameters::time),
                orElse(
                        parsed("reviewed", "any, open or done", text -> one(ReviewFilter.values(), text)),
                        ReviewFilter.ANY),
                parsed("scan", "1 to " + ScanSearch.MAX_LENGTH + " characters", ScanSearch::new),
                parsed(
                        "after",
                        "the value of next in an earlier answer",
                        text -> WorklistCursor.parse(text).orElse(null)),
                orElse(
                        parsed("limit", "a whole number from 1 to " + WorklistFilter.MAX_LIMIT, text -> {
                            int limit = Integer.parseInt(text);
                            return limit >= 1 && limit <= WorklistFilter.MAX_LIMIT ? limit : null;
                        }),
                        WorklistFilter.DEFAULT_LIMIT));
    }

    private static @Nullable Double probability(String text) {
        double value = Double.parseDouble(text);
        return value >= 0 && value <= 1 ? value : null;
    }

    private static @Nullable Instant time(String text) {
        Instant time = Instant.parse(text);
        return !time.isBefore(OLDEST) && time.isBefore(NEWEST) ? time : null;
    }

    private static <E extends Enum<E>> @Nullable E one(E[] values, String text) {
        return Arrays.stream(values)
                .filter(value -> value.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElse(null);
    }

    private static <T> T orElse(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    /** @param parser null or an exception if the text is none */
    private <T> @Nullable T parsed(String name, String expected, Function<String, @Nullable T> parser) {
        String text = value(name);
        if (text == null) {
            return null;
        }
        try {
            T value = parser.apply(text);
            if (value != null) {
                return value;
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // Answered below, as is a value out of range.
        }
        throw ApiException.badParameter(
                "Cannot use " + name + "=" + text + " (expected: " + expected + ")",
                "Correct it, or leave " + name + " out.");
    }

    private @Nullable String value(String name) {
        String value = given.value(name);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
