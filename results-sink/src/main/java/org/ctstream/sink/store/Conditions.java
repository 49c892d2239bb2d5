package org.ctstream.sink.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What rows must fulfil, with the values to bind. For one thread. */
final class Conditions {
    private final List<String> sql = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    Conditions with(String condition, @Nullable Object... bound) {
        sql.add(condition);
        Arrays.stream(bound).map(Objects::requireNonNull).forEach(values::add);
        return this;
    }

    void withUnlessNull(String condition, @Nullable Object value) {
        if (value != null) {
            with(condition, value);
        }
    }

    /** All of them, for after {@code WHERE}. */
    String sql() {
        return String.join(" AND ", sql);
    }

    List<Object> values() {
        return List.copyOf(values);
    }
}
