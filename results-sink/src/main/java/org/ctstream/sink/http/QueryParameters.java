package org.ctstream.sink.http;

import java.time.DateTimeException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ctstream.service.config.NearestKey;
import org.jspecify.annotations.Nullable;

/** A request's query parameters, none of which is unknown. Empty values mean the parameter was not given. */
final class QueryParameters {
    private final Map<String, List<String>> given;

    private QueryParameters(Map<String, List<String>> given) {
        this.given = given;
    }

    /** @throws ApiException 400 if one is not known */
    static QueryParameters of(Map<String, List<String>> given, Set<String> known) {
        for (String name : given.keySet()) {
            if (!known.contains(name)) {
                throw ApiException.badParameter(
                        "Unknown parameter " + name + " (expected: some of " + known + ")",
                        NearestKey.to(name, known)
                                .map(near -> "Did you mean " + near + "?")
                                .orElse("Leave it out."));
            }
        }
        return new QueryParameters(given);
    }

    /** @throws ApiException 400 if it is given more than once, or holds what no database takes */
    @Nullable
    String value(String name) {
        List<String> values = given.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw ApiException.badParameter(
                    "Parameter " + name + " is given " + values.size() + " times (expected: once)", "Give it once.");
        }
        String value = values.isEmpty() ? "" : values.get(0);
        if (value.indexOf('\0') >= 0) {
            throw ApiException.badParameter(
                    "Parameter " + name + " holds a character zero (expected: text)", "Leave that character out.");
        }
        return value.isEmpty() ? null : value;
    }

    /**
     * The value without blanks around it, as something else; null if the parameter was not given.
     *
     * @param expected for the message
     * @param parser null or an exception if the text is none
     * @throws ApiException 400 if it cannot be parsed
     */
    <T> @Nullable T parsed(String name, String expected, Function<String, @Nullable T> parser) {
        String text = value(name);
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            T value = parser.apply(text.strip());
            if (value != null) {
                return value;
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // Answered below, as is a value out of range.
        }
        throw ApiException.badParameter(
                "Cannot use " + name + "=" + text.strip() + " (expected: " + expected + ")",
                "Correct it, or leave " + name + " out.");
    }

    /** One of these in either case; null if the parameter was not given. */
    <E extends Enum<E>> @Nullable E oneOf(String name, E[] values) {
        String expected = Arrays.stream(values).map(Enum::name).collect(Collectors.joining(", "));
        return parsed(
                name,
                "one of " + expected,
                text -> Arrays.stream(values)
                        .filter(value -> value.name().equals(text.toUpperCase(Locale.ROOT)))
                        .findFirst()
                        .orElse(null));
    }

    /** A whole number within these bounds; {@code otherwise} if the parameter was not given. */
    int number(String name, int least, int most, int otherwise) {
        Integer number = parsed(name, "a whole number from " + least + " to " + most, text -> {
            int value = Integer.parseInt(text);
            return value >= least && value <= most ? value : null;
        });
        return number == null ? otherwise : number;
    }
}
