package org.ctstream.sink.deliver;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.ctstream.service.error.StageException;
import org.ctstream.service.health.Health;
import org.ctstream.service.lifecycle.Backoff;
import org.ctstream.sink.store.DeliveryOutcome;
import org.ctstream.sink.store.DueDelivery;
import org.ctstream.sink.store.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers to one endpoint, one alert after the other, in the order in which they are due: whoever holds the endpoint's
 * lease delivers, all other sinks look on. An attempt that failed is due again after its wait, so it stands behind those
 * that were due before. While the endpoint as a whole is away, one alert is tried now and then, and not the same each time.
 *
 * <p>Delivered and noted are two things: a crash between them brings the alert a second time, under the same id.
 */
final class EndpointLoop implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(EndpointLoop.class);
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(5);
    private static final int BATCH = 50;

    private final Channel channel;
    private final String endpoint;
    private final String owner;
    private final Outbox outbox;
    private final DeliveryRules rules;
    private final DeliveryMeters meters;
    private final EndpointHealth health;
    private final Clock clock;
    private final CountDownLatch stopping;
    private final Backoff pauses;
    private final Backoff databaseAway = new Backoff(IDLE, Duration.ofSeconds(10));
    private Instant pausedUntil = Instant.EPOCH;
    private int turnsWithoutLease;
    private Instant nextCount = Instant.EPOCH;

    /** @param stopping ends the loop, after the attempt in hand */
    EndpointLoop(
            Channel channel,
            String owner,
            Outbox outbox,
            DeliveryRules rules,
            DeliveryMeters meters,
            Health health,
            Clock clock,
            CountDownLatch stopping) {
        this.channel = channel;
        this.endpoint = channel.endpoint();
        this.owner = owner;
        this.outbox = outbox;
        this.rules = rules;
        this.meters = meters;
        this.health = new EndpointHealth(health, endpoint);
        this.clock = clock;
        this.stopping = stopping;
        Duration first = rules.schedule().first();
        Duration max = rules.schedule().max();
        this.pauses = new Backoff(first, max.compareTo(LONGEST_PAUSE) < 0 ? max : LONGEST_PAUSE);
    }

    @Override
    public void run() {
        try {
            Duration wait = Duration.ZERO;
            while (!stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                wait = turn();
            }
            outbox.leases().release(endpoint, owner);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StageException e) {
            log.atDebug().setCause(e).log("The lease is not given back; it runs out by itself");
        }
    }

    private Duration turn() throws InterruptedException {
        try {
            Duration wait = deliverDue();
            count();
            databaseAway.succeeded();
            return wait;
        } catch (RuntimeException e) {
            // Whatever it is, the loop goes on: what it delivers waits in the database meanwhile.
            Duration wait = databaseAway.next();
            log.atWarn()
                    .addKeyValue("endpoint", endpoint)
                    .addKeyValue("waitMs", wait.toMillis())
                    .addKeyValue(
                            "reason",
                            e instanceof StageException
                                    ? e.getMessage()
                                    : e.getClass().getName())
                    .log("Alerts cannot be delivered now; none is lost, trying again");
            return wait;
        }
    }

    private Duration deliverDue() throws InterruptedException {
        if (!holdsLease()) {
            turnsWithoutLease++;
            if (turnsWithoutLease > 1) {
                // Not merely another one that looks at the same moment: another delivers, and knows better.
                health.reached();
            }
            return IDLE;
        }
        turnsWithoutLease = 0;
        if (clock.instant().isBefore(pausedUntil)) {
            // With the lease, else the others would try in turn meanwhile.
            return IDLE;
        }
        List<DueDelivery> due = outbox.due(endpoint, clock.instant(), BATCH);
        for (DueDelivery delivery : due) {
            count();
            if (stopping.getCount() == 0 || !holdsLease()) {
                return IDLE;
            }
            if (!deliver(delivery)) {
                return IDLE;
            }
        }
        return due.size() == BATCH ? Duration.ZERO : IDLE;
    }

    private boolean holdsLease() {
        return outbox.leases().hold(endpoint, owner, rules.lease());
    }

    /** True unless the endpoint is away. */
    private boolean deliver(DueDelivery delivery) throws InterruptedException {
        Instant begun = now();
        long from = System.nanoTime();
        Attempt attempt = attempt(delivery);
        meters.time().record(System.nanoTime() - from, TimeUnit.NANOSECONDS);
        if (attempt instanceof Attempt.Failed failed) {
            failed(delivery, failed, begun);
            return failed.scope() == Attempt.Scope.ALERT;
        }
        outbox.settle(delivery, new DeliveryOutcome.Delivered(begun), begun);
        meters.delivered();
        pauses.succeeded();
        health.reached();
        return true;
    }

    private Attempt attempt(DueDelivery delivery) throws InterruptedException {
        try {
            return channel.deliver(delivery.alert());
        } catch (RuntimeException | LinkageError e) {
            // Values of a record that no format takes, such as a time in the year 20000, must not end the loop.
            // Nor must a class that a format library misses.
            log.atError()
                    .addKeyValue("endpoint", endpoint)
                    .addKeyValue("alertId", delivery.alert().alertId())
                    .addKeyValue("type", e.getClass().getName())
                    .log("Alert cannot be written for this endpoint");
            return Attempt.Failed.ofAlert("not-writable");
        }
    }

    private void failed(DueDelivery delivery, Attempt.Failed failed, Instant begun) {
        int failures = delivery.attempts() + 1;
        boolean over = rules.schedule().isOver(failures);
        Duration wait = rules.schedule()
                .waitAfter(failures, () -> ThreadLocalRandom.current().nextDouble());
        log.atWarn()
                .addKeyValue("endpoint", endpoint)
                .addKeyValue("alertId", delivery.alert().alertId())
                .addKeyValue("attempt", failures)
                .addKeyValue("reason", failed.reason())
                .addKeyValue("next", over ? "dead" : "retry")
                .log("Alert not delivered");
        outbox.settle(
                delivery,
                over
                        ? new DeliveryOutcome.Dead(begun, failed.reason())
                        : new DeliveryOutcome.Retry(now().plus(wait), failed.reason()),
                begun);
        if (over) {
            meters.dead();
        } else {
            meters.failed();
        }
        if (failed.scope() == Attempt.Scope.ENDPOINT) {
            pause(failed);
            health.away(failed.reason(), begun);
        }
    }

    /** As long as it asked for, within bounds, else a little longer each time. */
    private void pause(Attempt.Failed failed) {
        Duration pause = pauses.next();
        Duration asked = failed.notBefore();
        if (asked != null && asked.compareTo(pause) > 0) {
            pause = asked.compareTo(rules.schedule().max()) < 0
                    ? asked
                    : rules.schedule().max();
        }
        pausedUntil = clock.instant().plus(pause);
    }

    /** Both databases keep microseconds; the API speaks of milliseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void count() {
        Instant now = clock.instant();
        if (!now.isBefore(nextCount)) {
            var depth = outbox.depth(endpoint);
            meters.depth(depth);
            health.enabled(depth.enabled());
            nextCount = now.plus(BETWEEN_COUNTS);
        }
    }
}
