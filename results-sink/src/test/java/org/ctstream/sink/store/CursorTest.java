package org.ctstream.sink.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    @Property(tries = 300)
    void textBringsTheSameCursorBack(
            @ForAll @LongRange(min = 0, max = 4_102_444_800_000L) long millis,
            @ForAll @NotEmpty @AlphaChars @StringLength(max = 128) String resultId) {
        var cursor = new Cursor(Instant.ofEpochMilli(millis), resultId + ":/");

        assertThat(Cursor.parse(cursor.text())).contains(cursor);
    }

    @Property(tries = 300)
    void anyTextIsACursorOrRefused(@ForAll String text) {
        Cursor.parse(text).ifPresent(cursor -> assertThat(cursor.text()).isEqualTo(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "MTIz", "OTk5OTk5OTk5OTk5OTk5OTk5OTk6YQ", "LTk5OTk5OTk5OTk5OTk5OTk6YQ", "%%%"})
    void foreignTextIsRefused(String text) {
        assertThat(Cursor.parse(text)).isEmpty();
    }
}
