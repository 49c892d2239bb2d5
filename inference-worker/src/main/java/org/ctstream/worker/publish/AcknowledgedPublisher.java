package org.ctstream.worker.publish;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.health.Health;
import org.ctstream.worker.predict.Outcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes each outcome by itself, without a transaction, and says of each when all replicas have it. One that Kafka
 * does not take is sent again until it does: a result may then be on its topic twice, under the same result id, by which
 * the results sink stores it once.
 *
 * <p>Sending has a thread of its own, because encoding waits for a schema registry that is away, and sending for a
 * broker.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class AcknowledgedPublisher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AcknowledgedPublisher.class);
    private static final String PART = "kafka-publish";

    private final Supplier<? extends Producer<byte[], byte[]>> producers;
    private final OutcomeRecords records;
    private final Consumer<Outcome> published;
    private final Health health;
    private final BlockingQueue<Outcome> waiting = new LinkedBlockingQueue<>();
    private final PublishLoop loop = new PublishLoop(this::sendAll);
    /** Set by the producer's thread, and looked at before the next record is sent. */
    private volatile boolean refused;

    private volatile boolean producerIsBroken;
    private @Nullable Producer<byte[], byte[]> producer;

    /**
     * @param producers opens an idempotent producer that waits for all replicas
     * @param published hears of each outcome that Kafka has, on a thread of the producer; must not wait
     */
    public AcknowledgedPublisher(
            Supplier<? extends Producer<byte[], byte[]>> producers,
            OutcomeRecords records,
            Consumer<Outcome> published,
            Health health) {
        this.producers = producers;
        this.records = records;
        this.published = published;
        this.health = health;
    }

    public void start() {
        loop.start();
    }

    /** Publishes them as soon as it can. */
    public void add(List<Outcome> outcomes) {
        waiting.addAll(outcomes);
    }

    /** @throws FatalStageException if a record was refused for a reason only a person can mend */
    public void check() {
        loop.check();
    }

    /** Ends at once; what Kafka has not acknowledged stays unacknowledged, and its scans with Kafka. */
    @Override
    public void close() {
        loop.requestEnd();
        loop.interrupt();
        loop.awaitEnd();
    }

    private void sendAll() throws InterruptedException {
        try {
            while (!loop.isEnding()) {
                send(waiting.take());
            }
        } finally {
            // An interrupt that ended the work would keep the producer from closing in good order.
            boolean unused = Thread.interrupted();
            abandonProducer();
        }
    }

    private void send(Outcome outcome) throws InterruptedException {
        if (refused) {
            refused = false;
            loop.pause();
        } else {
            loop.succeeded();
        }
        while (!loop.isEnding() && !trySend(outcome)) {
            loop.pause();
        }
    }

    /** True if the producer has taken it over. */
    private boolean trySend(Outcome outcome) {
        ProducerRecord<byte[], byte[]> record;
        try {
            record = records.of(outcome);
        } catch (KafkaException e) {
            refuse(e);
            return false;
        }
        try {
            var unused = producer().send(record, (metadata, e) -> completed(outcome, e));
            return true;
        } catch (KafkaException e) {
            producerIsBroken = !(e instanceof RetriableException);
            refuse(e);
            return false;
        }
    }

    /** On the producer's thread. */
    private void completed(Outcome outcome, @Nullable Exception e) {
        if (e == null) {
            health.ready(PART);
            records.count(outcome);
            published.accept(outcome);
        } else if (Failures.needsPeople(e)) {
            loop.failed(Failures.of(Stage.CLASSIFY, e));
        } else if (!loop.isEnding()) {
            producerIsBroken = producerIsBroken || !(e instanceof RetriableException);
            if (!refused) {
                refused = true;
                sayRefused(e);
            }
            waiting.add(outcome);
        }
    }

    private void refuse(KafkaException e) {
        if (Failures.needsPeople(e)) {
            throw Failures.of(Stage.CLASSIFY, e);
        }
        sayRefused(e);
    }

    private void sayRefused(Exception e) {
        health.notReady(PART, "Cannot publish results: " + e.getMessage());
        log.atWarn().addKeyValue("reason", e.getMessage()).log("Cannot publish yet; the result waits");
    }

    private Producer<byte[], byte[]> producer() {
        if (producerIsBroken) {
            producerIsBroken = false;
            abandonProducer();
        }
        Producer<byte[], byte[]> current = producer;
        if (current == null) {
            current = producers.get();
            producer = current;
        }
        return current;
    }

    /** What it had not sent comes back by its callbacks. */
    private void abandonProducer() {
        Producer<byte[], byte[]> current = producer;
        producer = null;
        if (current != null) {
            current.close(Duration.ZERO);
        }
    }
}
