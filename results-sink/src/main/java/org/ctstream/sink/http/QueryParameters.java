package org.ctstream.sink.http;

import java.util.List;
import java.util.Map;
import java.util.Set;
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
}
