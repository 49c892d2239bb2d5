package org.ctstream.worker.publish;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.health.Health;
import org.ctstream.service.health.HealthParts;
import org.ctstream.worker.predict.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what is in the outbox, on a thread of its own. What the engine finishes while one transaction commits shares
 * the next: a lone result goes out at once, and under load a transaction carries as many as the commit before it took.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class PublishThread implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PublishThread.class);
    private static final String PART = HealthParts.KAFKA_PUBLISH;

    private final Outbox outbox;
    private final ResultPublisher publisher;
    private final Predicate<Outcome> isOurs;
    private final Supplier<LaneMembers> members;
    private final Health health;
    private final PublishLoop loop = new PublishLoop(this::publishAll);
    /** Fair: who waits for an attempt's end comes before the next attempt. */
    private final ReentrantLock attempt = new ReentrantLock(true);

    /**
     * @param publisher owned by this object from here on
     * @param isOurs false for what another worker will do again
     * @param members the worker's place in the group of each lane as its consumers know it now
     */
    public PublishThread(
            Outbox outbox,
            ResultPublisher publisher,
            Predicate<Outcome> isOurs,
            Supplier<LaneMembers> members,
            Health health) {
        this.outbox = outbox;
        this.publisher = publisher;
        this.isOurs = isOurs;
        this.members = members;
        this.health = health;
    }

    public void start() {
        loop.start();
    }

    /** @throws FatalStageException if the thread has ended of something only a person can mend */
    public void check() {
        loop.check();
    }

    /**
     * Waits for the end of the attempt that runs now, if one does. What was not ours when this returns true is in no later
     * one.
     *
     * @return false if it still runs after that time
     */
    public boolean awaitAttempt(Duration atMost) {
        try {
            if (!attempt.tryLock(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                return false;
            }
            attempt.unlock();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Ends after the transaction that runs now; what is still in the outbox stays unpublished. */
    @Override
    public void close() {
        loop.requestEnd();
        outbox.close();
        loop.awaitEnd();
    }

    private void publishAll() throws InterruptedException {
        try (publisher) {
            while (!loop.isEnding()) {
                settle(outbox.take());
            }
        }
    }

    /** Returns when all of them are published or another worker's, or when it is told to end. */
    private void settle(List<Outcome> taken) throws InterruptedException {
        List<Outcome> outcomes = taken;
        while (!outcomes.isEmpty() && !loop.isEnding()) {
            outcomes = attempt(outcomes);
            if (outcomes.isEmpty()) {
                return;
            }
            loop.pause();
            outcomes.addAll(outbox.takeNow());
        }
    }

    /** Publishes those that are ours; returns them if it must be tried again, else none. */
    private List<Outcome> attempt(List<Outcome> outcomes) {
        attempt.lock();
        try {
            // Before ownership is looked at: a later one could carry what has just been lost past the fence.
            LaneMembers now = members.get();
            var ours = new ArrayList<Outcome>();
            var foreign = new ArrayList<Outcome>();
            outcomes.forEach(outcome -> (isOurs.test(outcome) ? ours : foreign).add(outcome));
            outbox.settled(foreign);
            if (!tryPublish(ours, now)) {
                return ours;
            }
            outbox.settled(ours);
            return List.of();
        } finally {
            attempt.unlock();
        }
    }

    private boolean tryPublish(List<Outcome> outcomes, LaneMembers now) {
        try {
            if (!outcomes.isEmpty()) {
                publisher.publish(outcomes, now);
            }
            loop.succeeded();
            health.ready(PART);
            return true;
        } catch (RetriableStageException e) {
            health.notReady(PART, String.valueOf(e.getMessage()));
            log.atWarn()
                    .addKeyValue("outcomes", outcomes.size())
                    .addKeyValue("reason", e.getMessage())
                    .log("Cannot publish yet; the results wait");
            return false;
        }
    }
}
