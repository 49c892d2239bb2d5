package org.ctstream.cli.console;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How often something may be done.
 *
 * @param perSecond above 0; infinity for no bound
 */
public record Rate(double perSecond) {
    public static final Rate UNBOUNDED = new Rate(Double.POSITIVE_INFINITY);

    public Rate {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("rate " + perSecond + "/s (expected: above 0)");
        }
    }

    @Override
    public String toString() {
        return Double.isInfinite(perSecond) ? "unbounded" : perSecond + "/s";
    }

    /** Reads {@code 5}, {@code 5/s}, {@code 0.5/s}, {@code 30/m}, {@code 100/h}; {@code 0} has no bound. */
    public static final class Converter implements ITypeConverter<Rate> {
        private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(?:/([smh]))?");

        @Override
        public Rate convert(String text) {
            Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
            if (!matcher.matches()) {
                throw new TypeConversionException("'" + text + "' is no rate (expected: for example 5/s, 30/m or 0)");
            }
            double number = Double.parseDouble(matcher.group(1));
            String unit = matcher.group(2) == null ? "s" : matcher.group(2);
            double seconds = unit.equals("s") ? 1 : unit.equals("m") ? 60 : 3_600;
            return number == 0 ? UNBOUNDED : new Rate(number / seconds);
        }
    }
}
