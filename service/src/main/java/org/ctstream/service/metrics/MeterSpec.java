package org.ctstream.service.metrics;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A meter as it is told of: in {@code docs/metrics.md}, in Prometheus' {@code # HELP}, and to those who count with it.
 *
 * @param name lower case, with dots and without {@code ctstream.} and the unit, for example {@code ingest.decode}
 * @param unit what one is; seconds and bytes stand in the name Prometheus shows
 * @param description one sentence without its full stop
 * @param labels beside {@code service}, which every meter has
 */
public record MeterSpec(MeterKind kind, String name, String unit, String description, List<String> labels) {
    public static final String SECONDS = "seconds";
    public static final String BYTES = "bytes";
    private static final Set<String> UNITS_IN_THE_NAME = Set.of(SECONDS, BYTES);
    private static final Pattern NAME = Pattern.compile("[a-z]+(\\.[a-z]+)*");

    public MeterSpec {
        labels = List.copyOf(labels);
        if (!NAME.matcher(name).matches() || name.startsWith("ctstream")) {
            throw new IllegalArgumentException("meter name " + name + " (expected: lower-case words with dots)");
        }
        if (unit.isBlank() || description.isBlank() || description.endsWith(".")) {
            throw new IllegalArgumentException(
                    "meter " + name + " (expected: a unit, and a description without a full stop)");
        }
    }

    /** Counts from 0. */
    public static MeterSpec counter(String name, String unit, String description, String... labels) {
        return new MeterSpec(MeterKind.COUNTER, name, unit, description, Arrays.asList(labels));
    }

    /** Goes up and down. */
    public static MeterSpec gauge(String name, String unit, String description, String... labels) {
        return new MeterSpec(MeterKind.GAUGE, name, unit, description, Arrays.asList(labels));
    }

    /** Times, in seconds, with quantiles. */
    public static MeterSpec timer(String name, String description, String... labels) {
        return new MeterSpec(MeterKind.TIMER, name, SECONDS, description, Arrays.asList(labels));
    }

    /** Sizes. */
    public static MeterSpec summary(String name, String unit, String description, String... labels) {
        return new MeterSpec(MeterKind.SUMMARY, name, unit, description, Arrays.asList(labels));
    }

    /** The name Prometheus shows, for example {@code ctstream_ingest_decode_seconds}; before {@code _count} and the like. */
    public String prometheusName() {
        String base = meterName().replace('.', '_');
        if (kind == MeterKind.COUNTER) {
            return base + "_total";
        }
        String unitInName = baseUnit();
        return unitInName == null ? base : base + "_" + unitInName;
    }

    /** The name Micrometer has. */
    String meterName() {
        return "ctstream." + name;
    }

    /** The unit that Micrometer puts into Prometheus' name; timers have theirs from it anyway. */
    @Nullable
    String baseUnit() {
        return kind != MeterKind.COUNTER && UNITS_IN_THE_NAME.contains(unit) ? unit : null;
    }

    /** @throws IllegalArgumentException if there is not one value for each label */
    Tags tags(List<String> values) {
        if (values.size() != labels.size()) {
            throw new IllegalArgumentException(
                    "meter " + name + " was given " + values.size() + " label values (expected: " + labels + ")");
        }
        var tags = new ArrayList<Tag>();
        for (int i = 0; i < values.size(); i++) {
            tags.add(Tag.of(labels.get(i), values.get(i)));
        }
        return Tags.of(tags);
    }
}
