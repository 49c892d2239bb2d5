package org.ctstream.worker.publish;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.worker.predict.Outcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes results, dead letters and the offsets they stand for in one Kafka transaction.
 *
 * <p>After any failure the producer is replaced. Opening the new one, under the same transactional id, makes the broker
 * settle the old transaction either way; the offsets committed by then tell which way, since results and offsets share
 * the transaction. What turns out to be committed is not sent again.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
public final class ResultPublisher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ResultPublisher.class);
    private static final Duration CLOSE_AT_ONCE = Duration.ZERO;
    /**
     * A broker ends a transaction that is over its time, 10 s, within 10 s more. Offsets held for twice as long are held by
     * none that it knows.
     */
    private static final Duration HANGING_AFTER = Duration.ofSeconds(40);

    private final Supplier<? extends Producer<byte[], byte[]>> producers;
    private final Function<Set<TopicPartition>, Map<TopicPartition, OffsetAndMetadata>> committed;
    private final OutcomeRecords results;
    private final InstantSource clock;
    private @Nullable Producer<byte[], byte[]> producer;
    private boolean inDoubt;
    private @Nullable Instant heldSince;

    /**
     * @param producers opens a transactional producer, always with the same transactional id
     * @param committed the committed offsets of partitions of any lane, as {@code Consumer.committed} gives them
     * @param results makes the records
     */
    public ResultPublisher(
            Supplier<? extends Producer<byte[], byte[]>> producers,
            Function<Set<TopicPartition>, Map<TopicPartition, OffsetAndMetadata>> committed,
            OutcomeRecords results,
            InstantSource clock) {
        this.producers = producers;
        this.committed = committed;
        this.results = results;
        this.clock = clock;
    }

    /**
     * Publishes the outcomes and commits the offsets after them, all or nothing.
     *
     * @param outcomes those of one partition in the order its records were read
     * @param members the worker's place in the consumer group of each lane
     * @throws RetriableStageException if it must be called again with the same outcomes
     * @throws FatalStageException if only a person can mend it
     */
    public void publish(List<Outcome> outcomes, LaneMembers members) {
        outcomes.stream().map(outcome -> outcome.scan().lane()).distinct().forEach(members::of);
        List<Outcome> open = outcomes;
        try {
            Producer<byte[], byte[]> current = producer();
            if (inDoubt) {
                open = uncommitted(outcomes, members, current);
                inDoubt = false;
            }
            if (!open.isEmpty()) {
                send(open, members, current);
            }
        } catch (KafkaException e) {
            abandonProducer();
            if (Failures.needsPeople(e)) {
                throw Failures.of(Stage.CLASSIFY, e);
            }
            // Anything else a new producer may mend, being fenced after a long pause included.
            throw new RetriableStageException(Stage.CLASSIFY, "Cannot publish results: " + e.getMessage(), e);
        }
        open.forEach(results::count);
    }

    @Override
    public void close() {
        abandonProducer();
    }

    private void send(List<Outcome> outcomes, LaneMembers members, Producer<byte[], byte[]> current) {
        // Encoded first: a registry that is away is found out before the transaction begins.
        List<ProducerRecord<byte[], byte[]>> records =
                outcomes.stream().map(results::of).toList();
        current.beginTransaction();
        for (ProducerRecord<byte[], byte[]> record : records) {
            // Nobody waits for the single record: a failed send fails the commit.
            Future<?> unused = current.send(record);
        }
        ReadOffsets.after(outcomes)
                .forEach((lane, offsets) -> current.sendOffsetsToTransaction(offsets, members.of(lane)));
        current.commitTransaction();
    }

    private List<Outcome> uncommitted(List<Outcome> outcomes, LaneMembers members, Producer<byte[], byte[]> current) {
        Map<TopicPartition, OffsetAndMetadata> known = committed(outcomes, members, current);
        List<Outcome> open = outcomes.stream()
                .filter(outcome -> ReadOffsets.isOpen(outcome, known))
                .toList();
        log.atInfo()
                .addKeyValue("outcomes", outcomes.size())
                .addKeyValue("alreadyCommitted", outcomes.size() - open.size())
                .log("Settled the transaction that was in doubt");
        return open;
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(
            List<Outcome> outcomes, LaneMembers members, Producer<byte[], byte[]> current) {
        try {
            Map<TopicPartition, OffsetAndMetadata> known = committed.apply(ReadOffsets.partitions(outcomes));
            heldSince = null;
            return known;
        } catch (HeldOffsetsException e) {
            Instant now = clock.instant();
            if (heldSince == null) {
                heldSince = now;
            } else if (Duration.between(heldSince, now).compareTo(HANGING_AFTER) >= 0) {
                heldSince = now;
                release(outcomes, members, current);
            }
            throw e;
        }
    }

    /**
     * Frees offsets held by a transaction of this worker that its coordinator has ended and the group's has not, as was seen
     * once after a broker's restart. The marker of a later transaction of the same producer ends it too, and one that is
     * aborted commits nothing: what it drops is read or sent again.
     */
    private static void release(List<Outcome> outcomes, LaneMembers members, Producer<byte[], byte[]> current) {
        log.atWarn()
                .addKeyValue("heldMs", HANGING_AFTER.toMillis())
                .log("The brokers hold offsets for a transaction that is over; an aborted transaction frees them");
        current.beginTransaction();
        ReadOffsets.after(outcomes)
                .forEach((lane, offsets) -> current.sendOffsetsToTransaction(offsets, members.of(lane)));
        current.abortTransaction();
    }

    private Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> current = producer;
        if (current == null) {
            current = producers.get();
            producer = current;
            current.initTransactions();
        }
        return current;
    }

    private void abandonProducer() {
        inDoubt = true;
        Producer<byte[], byte[]> current = producer;
        producer = null;
        if (current != null) {
            current.close(CLOSE_AT_ONCE);
        }
    }
}
