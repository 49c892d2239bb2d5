package org.ctstream.sink.deliver;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.sink.metrics.SinkMeter;
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
        this.clock = clock;
        this.delivered = metrics.counter(SinkMeter.DELIVERIES, endpoint, "delivered");
        this.failed = metrics.counter(SinkMeter.DELIVERIES, endpoint, "failed");
        this.dead = metrics.counter(SinkMeter.DELIVERIES, endpoint, "dead");
        this.time = metrics.timer(SinkMeter.DELIVERY, endpoint);
        metrics.gauge(SinkMeter.OUTBOX_PENDING, this, meters -> meters.depth.pending(), endpoint);
        metrics.gauge(SinkMeter.OUTBOX_DEAD, this, meters -> meters.depth.dead(), endpoint);
        metrics.gauge(SinkMeter.OUTBOX_OLDEST_AGE, this, DeliveryMeters::oldestSeconds, endpoint);
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
}
