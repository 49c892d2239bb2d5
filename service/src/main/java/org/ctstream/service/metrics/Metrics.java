package org.ctstream.service.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.ctstream.service.error.Stage;
import org.ctstream.service.tracing.Tracing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters of one service, in Prometheus' text format, and its spans.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class Metrics implements AutoCloseable {
    private static final Duration LONGEST_AGE = Duration.ofDays(365);
    private static final double[] PERCENTILES = {0.5, 0.95, 0.99};

    private static final Logger log = LoggerFactory.getLogger(Metrics.class);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Tracing tracing;
    private final List<AutoCloseable> closeables = new ArrayList<>();

    /** Without spans. */
    public Metrics(String service) {
        this(service, Tracing.none());
    }

    /**
     * @param service value of the tag {@code service} that every meter gets
     * @param tracing closed with this object
     */
    public Metrics(String service, Tracing tracing) {
        this.tracing = tracing;
        closeables.add(tracing);
        registry.config().commonTags("service", service);
        bind(new JvmMemoryMetrics());
        bind(new JvmThreadMetrics());
        bind(new ProcessorMetrics());
        bind(new UptimeMetrics());
        var gc = new JvmGcMetrics();
        closeables.add(gc);
        bind(gc);
    }

    /** Where steps of a scan's way are noted. */
    public Tracing tracing() {
        return tracing;
    }

    public MeterRegistry registry() {
        return registry;
    }

    public void bind(MeterBinder binder) {
        binder.bindTo(registry);
    }

    /** Binds a Kafka client's meters and releases them with this object. */
    public <B extends MeterBinder & AutoCloseable> void bindClosing(B binder) {
        closeables.add(binder);
        binder.bindTo(registry);
    }

    /** {@code ctstream_scans_total}: scans that left a stage, by how they left it. */
    public Counter scans(Stage stage, String outcome) {
        return counter(CommonMeter.SCANS, stage.word(), outcome);
    }

    /** Counts a dead letter, among the outcomes of its stage and by its reason. */
    public void deadLettered(Stage stage, String reason) {
        scans(stage, "dead-lettered").increment();
        counter(CommonMeter.DEAD_LETTERS, stage.word(), reason).increment();
    }

    /**
     * Records the time between two instants. Both may be a publisher's, so the age is held between nothing and a year:
     * clocks differ, and units get mixed up.
     */
    public static void age(Timer timer, Instant from, Instant to) {
        // Compared before subtracting: the distance of two extreme instants does not fit a Duration in nanoseconds.
        if (!from.isBefore(to)) {
            timer.record(Duration.ZERO);
        } else if (from.isBefore(to.minus(LONGEST_AGE))) {
            timer.record(LONGEST_AGE);
        } else {
            timer.record(Duration.between(from, to));
        }
    }

    /** @param labels values, in the order of the meter's labels; so too below */
    public Counter counter(MeterDefinition meter, String... labels) {
        MeterSpec spec = of(meter, MeterKind.COUNTER);
        return Counter.builder(spec.meterName())
                .description(spec.description())
                .tags(spec.tags(List.of(labels)))
                .register(registry);
    }

    /** A timer with percentiles. */
    public Timer timer(MeterDefinition meter, String... labels) {
        MeterSpec spec = of(meter, MeterKind.TIMER);
        return Timer.builder(spec.meterName())
                .description(spec.description())
                .tags(spec.tags(List.of(labels)))
                .publishPercentiles(PERCENTILES)
                .register(registry);
    }

    public DistributionSummary summary(MeterDefinition meter, String... labels) {
        MeterSpec spec = of(meter, MeterKind.SUMMARY);
        return DistributionSummary.builder(spec.meterName())
                .description(spec.description())
                .baseUnit(spec.baseUnit())
                .tags(spec.tags(List.of(labels)))
                .register(registry);
    }

    /** @param object asked at each scrape, and kept */
    public <T> void gauge(MeterDefinition meter, T object, ToDoubleFunction<T> value, String... labels) {
        MeterSpec spec = of(meter, MeterKind.GAUGE);
        Gauge.builder(spec.meterName(), object, value)
                .description(spec.description())
                .baseUnit(spec.baseUnit())
                .tags(spec.tags(List.of(labels)))
                .strongReference(true)
                .register(registry);
    }

    /** Gauges whose label values come and go. */
    public GaugeRows rows(MeterDefinition meter) {
        MeterSpec spec = of(meter, MeterKind.GAUGE);
        return new GaugeRows(
                spec,
                MultiGauge.builder(spec.meterName())
                        .description(spec.description())
                        .baseUnit(spec.baseUnit())
                        .register(registry));
    }

    private static MeterSpec of(MeterDefinition meter, MeterKind wanted) {
        MeterSpec spec = meter.spec();
        if (spec.kind() != wanted) {
            throw new IllegalArgumentException(
                    "meter " + spec.name() + " is a " + spec.kind() + " (expected: a " + wanted + ")");
        }
        return spec;
    }

    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        for (AutoCloseable closeable : closeables) {
            try {
                closeable.close();
            } catch (Exception e) {
                log.atWarn().setCause(e).log("Could not close a meter binder");
            }
        }
        registry.close();
    }
}
