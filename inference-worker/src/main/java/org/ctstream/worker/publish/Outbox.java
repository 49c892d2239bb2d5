package org.ctstream.worker.publish;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.health.Health;
import org.ctstream.service.lifecycle.RetryPause;
import org.ctstream.worker.predict.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Outcomes that are not committed yet. They stay until a transaction with them has committed, or their partition is no
 * longer ours.
 *
 * <h2>Thread safety</h2>
 * For one thread, the one that polls.
 */
public final class Outbox {
    private static final Logger log = LoggerFactory.getLogger(Outbox.class);
    private static final String PART = "kafka";
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration SLOWEST_RETRY = Duration.ofSeconds(5);

    private final ResultPublisher publisher;
    private final Health health;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final RetryPause pause = new RetryPause(FIRST_RETRY, SLOWEST_RETRY, System::nanoTime);

    public Outbox(ResultPublisher publisher, Health health) {
        this.publisher = publisher;
        this.health = health;
    }

    public void add(List<Outcome> finished) {
        outcomes.addAll(finished);
    }

    public int size() {
        return outcomes.size();
    }

    public boolean isEmpty() {
        return outcomes.isEmpty();
    }

    /** Drops what another worker will do again. */
    public void dropIf(Predicate<Outcome> condition) {
        outcomes.removeIf(condition);
    }

    /** Publishes everything in one transaction, unless there is nothing or the pause after a failure lasts. */
    public void publish(ConsumerGroupMetadata group) {
        if (outcomes.isEmpty() || !pause.isOver()) {
            return;
        }
        try {
            publisher.publish(outcomes, group);
            outcomes.clear();
            pause.succeeded();
            health.ready(PART);
        } catch (RetriableStageException e) {
            pause.failed();
            health.notReady(PART, String.valueOf(e.getMessage()));
            log.atWarn()
                    .addKeyValue("outcomes", outcomes.size())
                    .addKeyValue("reason", e.getMessage())
                    .log("Cannot publish yet; the results wait");
        }
    }
}
