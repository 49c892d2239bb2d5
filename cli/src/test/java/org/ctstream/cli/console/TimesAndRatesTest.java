package org.ctstream.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class TimesAndRatesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private final PointInTime times = new PointInTime(Clock.fixed(NOW, ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T03:00:00Z,      2026-11-23T03:00:00Z",
        "2026-11-23T03:00:00+01:00, 2026-11-23T02:00:00Z",
        "2026-11-23,                2026-11-23T00:00:00Z",
        "90s,                       2026-11-23T09:58:30Z",
        "24h,                       2026-11-22T10:00:00Z",
        "7D,                        2026-11-16T10:00:00Z"
    })
    void pointsInTimeAreReadInEveryForm(String text, Instant expected) {
        assertThat(times.convert(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "24", "-1h", "2026-13-01", "2026-11-23T03:00"})
    void whatIsNoTimeIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> times.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("24h");
    }

    @Test
    void spansAreRead() {
        assertThat(new TimeSpan().convert("5m")).isEqualTo(Duration.ofMinutes(5));
        assertThat(new TimeSpan().convert("7d")).isEqualTo(Duration.ofDays(7));
        assertThat(new TimeSpan().convert("0s")).isZero();
        assertThatThrownBy(() -> new TimeSpan().convert("soon")).isInstanceOf(TypeConversionException.class);
    }

    @Test
    void ratesAreReadPerSecondMinuteAndHour() {
        var converter = new Rate.Converter();

        assertThat(converter.convert("5").perSecond()).isEqualTo(5);
        assertThat(converter.convert("0.5/s").perSecond()).isEqualTo(0.5);
        assertThat(converter.convert("30/m").perSecond()).isEqualTo(0.5);
        assertThat(converter.convert("3600/h").perSecond()).isEqualTo(1);
        assertThat(converter.convert("0")).isEqualTo(Rate.UNBOUNDED);
        assertThatThrownBy(() -> converter.convert("-1/s")).isInstanceOf(TypeConversionException.class);
        assertThatThrownBy(() -> converter.convert("1/d")).isInstanceOf(TypeConversionException.class);
    }
}
