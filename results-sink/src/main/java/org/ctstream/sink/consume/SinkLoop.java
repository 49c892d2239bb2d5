package org.ctstream.sink.consume;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.health.Health;
import org.ctstream.service.health.HealthParts;
import org.ctstream.service.lifecycle.Backoff;
import org.ctstream.sink.alert.AlertTransactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sink's main loop: poll, process, again. Whatever fails and may come right leads to the same road back: hold all
 * partitions, keep polling so that the group keeps this member, and after a while settle the positions and go on.
 */
final class SinkLoop {
    private static final Logger log = LoggerFactory.getLogger(SinkLoop.class);
    static final String KAFKA = HealthParts.KAFKA;
    static final String DATABASE = HealthParts.DATABASE;

    /**
     * Bounds how long a stop request or the end of a back-off waits for an idle poll. Short, because the consumer asks the
     * broker anew only as poll begins: results that come after an empty answer are seen when that poll is over.
     */
    private static final Duration POLL = Duration.ofMillis(50);

    private final Consumer<byte[], byte[]> consumer;
    private final HeldPartitions held;
    private final Positions positions;
    private final AlertTransactions transactions;
    private final PollProcessor processor;
    private final Health health;
    private final Clock clock;
    private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));
    private Instant nextTry = Instant.EPOCH;

    /** True until both sides have answered once, and again after each failure. */
    private boolean away = true;

    SinkLoop(
            Consumer<byte[], byte[]> consumer,
            Positions positions,
            AlertTransactions transactions,
            PollProcessor processor,
            Health health,
            Clock clock) {
        this.consumer = consumer;
        this.held = new HeldPartitions(consumer);
        this.positions = positions;
        this.transactions = transactions;
        this.processor = processor;
        this.health = health;
        this.clock = clock;
    }

    /** @throws FatalStageException if only a person can mend what happened */
    void run(BooleanSupplier stopping) {
        consumer.subscribe(List.of(Topic.SCAN_CLASSIFIED.topicName()), held);
        health.notReady(KAFKA, "waiting for the group's coordinator");
        while (!stopping.getAsBoolean()) {
            health.signOfLife();
            try {
                turn();
            } catch (RetriableStageException e) {
                setBack(e);
            } catch (KafkaException e) {
                if (Failures.of(Stage.DESERIALIZE, e) instanceof RetriableStageException retriable) {
                    setBack(retriable);
                } else {
                    throw Failures.of(Stage.DESERIALIZE, e);
                }
            }
        }
    }

    private void turn() {
        boolean waiting = clock.instant().isBefore(nextTry);
        if (!waiting && (away || !held.isEmpty())) {
            recover();
        }
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        if (records.isEmpty()) {
            return;
        }
        boolean done = false;
        try {
            processor.process(records, held.publishedBelow(), consumer.groupMetadata());
            done = true;
            backoff.succeeded();
        } finally {
            if (!done) {
                rewind(records);
            }
        }
    }

    private void recover() {
        transactions.settle();
        positions.settle(held);
        away = false;
        health.ready(KAFKA);
        health.ready(DATABASE);
    }

    private void setBack(RetriableStageException e) {
        away = true;
        held.holdAll();
        Duration wait = backoff.next();
        nextTry = clock.instant().plus(wait);
        String part = e.stage() == Stage.STORE ? DATABASE : KAFKA;
        health.notReady(part, String.valueOf(e.getMessage()));
        log.atWarn()
                .addKeyValue("stage", e.stage().word())
                .addKeyValue("attempt", backoff.failures())
                .addKeyValue("waitMs", wait.toMillis())
                .addKeyValue("reason", e.getMessage())
                .log("Set back; nothing is lost, trying again");
    }

    /** Back to where this poll began; settling moves on from there if the group has committed more. */
    private void rewind(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            held.seek(partition, records.records(partition).get(0).offset());
        }
    }
}
