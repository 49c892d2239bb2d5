package org.ctstream.service.metrics;

import io.micrometer.core.instrument.MultiGauge;
import java.util.List;

/**
 * Gauges of one meter that come and go with what they tell of, one for each set of label values.
 *
 * <h2>Thread safety</h2>
 * One thread sets at a time, any number read.
 */
public final class GaugeRows {
    private final MeterSpec spec;
    private final MultiGauge gauges;

    GaugeRows(MeterSpec spec, MultiGauge gauges) {
        this.spec = spec;
        this.gauges = gauges;
    }

    /**
     * One gauge.
     *
     * @param labels values, in the order of the meter's labels
     */
    public record Row(double value, List<String> labels) {
        public Row {
            labels = List.copyOf(labels);
        }
    }

    /** These are all from now on. */
    public void set(List<Row> rows) {
        gauges.register(
                rows.stream()
                        .map(row -> MultiGauge.Row.of(spec.tags(row.labels()), row.value()))
                        .toList(),
                true);
    }
}
