package org.ctstream.sink.deliver;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.sink.store.OutboxDepth;

/** What is counted and timed of one endpoint. Safe for use by any number of threads. */
final class DeliveryMeters {
    private static final double MILLIS = 1_000;

    private final Counter delivered;
    private final Counter failed;
    private final Counter dead;
    private final Timer time;
    private final Clock clock;
    private volatile OutboxDepth depth = new OutboxDepth(true, 0, null, 0);

    DeliveryMeters(Metrics metrics, String endpoint, Clock clock) {
        MeterRegistry registry = metrics.registry();
        this.clock = clock;
        this.delivered = attempts(registry, endpoint, "delivered");
        this.failed = attempts(registry, endpoint, "failed");
        this.dead = attempts(registry, endpoint, "dead");
        this.time = metrics.timer(
                "alert.delivery", "Time of one attempt to deliver an alert beyond Kafka", "endpoint", endpoint);
        Gauge.builder("ctstream.alert.outbox.pending", () -> depth.pending())
                .description("Alerts that wait for an endpoint; each sink of a database says the same")
                .tag("endpoint", endpoint)
                .register(registry);
        Gauge.builder("ctstream.alert.outbox.dead", () -> depth.dead())
                .description("Alerts that were given up for an endpoint; each sink of a database says the same")
                .tag("endpoint", endpoint)
                .register(registry);
        Gauge.builder("ctstream.alert.outbox.oldest.age.seconds", this::oldestSeconds)
                .description("Age of the oldest alert that waits for an endpoint; 0 if none waits")
                .tag("endpoint", endpoint)
                .register(registry);
    }

    void delivered() {
        delivered.increment();
    }

    /** An attempt that is followed by another. */
    void failed() {
        failed.increment();
    }

    void dead() {
        dead.increment();
    }

    Timer time() {
        return time;
    }

    void depth(OutboxDepth now) {
        depth = now;
    }

    private double oldestSeconds() {
        Instant oldest = depth.oldest();
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / MILLIS);
    }

    private static Counter attempts(MeterRegistry registry, String endpoint, String outcome) {
        return Counter.builder("ctstream.alert.deliveries")
                .description("Attempts to deliver an alert beyond Kafka, by outcome")
                .tag("endpoint", endpoint)
                .tag("outcome", outcome)
                .register(registry);
    }
}
