package org.ctstream.service.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
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
import org.ctstream.service.error.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters of one service, in Prometheus' text format.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class Metrics implements AutoCloseable {
    private static final Duration LONGEST_AGE = Duration.ofDays(365);
    private static final double[] PERCENTILES = {0.5, 0.95, 0.99};

    private static final Logger log = LoggerFactory.getLogger(Metrics.class);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<AutoCloseable> closeables = new ArrayList<>();

    /** @param service value of the tag {@code service} that every meter gets */
    public Metrics(String service) {
        registry.config().commonTags("service", service);
        bind(new JvmMemoryMetrics());
        bind(new JvmThreadMetrics());
        bind(new ProcessorMetrics());
        bind(new UptimeMetrics());
        var gc = new JvmGcMetrics();
        closeables.add(gc);
        bind(gc);
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
        return Counter.builder("ctstream.scans")
                .description("Scans that left a stage, by outcome")
                .tag("stage", stage.word())
                .tag("outcome", outcome)
                .register(registry);
    }

    /** Counts a dead letter, among the outcomes of its stage and by its reason. */
    public void deadLettered(Stage stage, String reason) {
        scans(stage, "dead-lettered").increment();
        deadLetters(stage, reason).increment();
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

    /** {@code ctstream_dead_letters_total}: records that became dead letters, by stage and reason. */
    private Counter deadLetters(Stage stage, String reason) {
        return Counter.builder("ctstream.dead.letters")
                .description("Records that became dead letters, by reason")
                .tag("stage", stage.word())
                .tag("reason", reason)
                .register(registry);
    }

    /**
     * A timer with percentiles, in seconds, named {@code ctstream_<name>_seconds}.
     *
     * @param tags keys and values by turns
     */
    public Timer timer(String name, String description, String... tags) {
        return Timer.builder("ctstream." + name)
                .description(description)
                .tags(tags)
                .publishPercentiles(PERCENTILES)
                .register(registry);
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
