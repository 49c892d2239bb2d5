package org.ctstream.cli.console;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a span of time from the command line: {@code 90s}, {@code 5m}, {@code 24h}, {@code 7d}. */
public final class TimeSpan implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        try {
            if (text.matches("\\d{1,9}[smhdSMHD]")) {
                String upper = text.toUpperCase(Locale.ROOT);
                return Duration.parse(upper.endsWith("D") ? "P" + upper : "PT" + upper);
            }
        } catch (DateTimeParseException e) {
            // Answered below.
        }
        throw new TypeConversionException(
                "'" + text + "' is no span of time (expected: for example 90s, 5m, 24h or 7d)");
    }
}
