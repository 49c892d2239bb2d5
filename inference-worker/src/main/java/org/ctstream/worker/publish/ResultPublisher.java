package org.ctstream.worker.publish;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.deadletter.DeadLetters;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.event.EventHeaders;
import org.ctstream.service.metrics.Metrics;
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
    private static final String SOURCE = "ctstream/inference-worker";
    private static final Duration CLOSE_AT_ONCE = Duration.ZERO;

    private final Supplier<? extends Producer<byte[], byte[]>> producers;
    private final Function<Set<TopicPartition>, Map<TopicPartition, OffsetAndMetadata>> committed;
    private final Serializer<ScanClassified> serializer;
    private final ResultRecords results;
    private final Metrics metrics;
    private final Timer scanAge;
    private @Nullable Producer<byte[], byte[]> producer;
    private boolean inDoubt;

    /**
     * @param producers opens a transactional producer, always with the same transactional id
     * @param committed the group's committed offsets, as {@code Consumer.committed} gives them
     * @param worker name of this worker, as it stands in each result
     */
    public ResultPublisher(
            Supplier<? extends Producer<byte[], byte[]>> producers,
            Function<Set<TopicPartition>, Map<TopicPartition, OffsetAndMetadata>> committed,
            Serializer<ScanClassified> serializer,
            String worker,
            Metrics metrics) {
        this.producers = producers;
        this.committed = committed;
        this.serializer = serializer;
        this.results = new ResultRecords(worker);
        this.metrics = metrics;
        this.scanAge = metrics.timer("scan.age.at.result", "Time from a scan's receipt to its published result");
    }

    /**
     * Publishes the outcomes and commits the offsets after them, all or nothing.
     *
     * @param outcomes in the order their records were read
     * @param group the consumer's group metadata, which fences a worker that was thought dead
     * @throws RetriableStageException if it must be called again with the same outcomes
     * @throws FatalStageException if only a person can mend it
     */
    public void publish(List<Outcome> outcomes, ConsumerGroupMetadata group) {
        if (group.generationId() < 0) {
            // The brokers would take it for a group that nobody manages, and fence nothing.
            throw new RetriableStageException(Stage.CLASSIFY, "Cannot publish results: not in the group yet", null);
        }
        List<Outcome> open = outcomes;
        try {
            Producer<byte[], byte[]> current = producer();
            if (inDoubt) {
                open = uncommitted(outcomes);
                inDoubt = false;
            }
            if (!open.isEmpty()) {
                send(open, group, current);
            }
        } catch (KafkaException e) {
            abandonProducer();
            if (Failures.needsPeople(e)) {
                throw Failures.of(Stage.CLASSIFY, e);
            }
            // Anything else a new producer may mend, being fenced after a long pause included.
            throw new RetriableStageException(Stage.CLASSIFY, "Cannot publish results: " + e.getMessage(), e);
        }
        open.forEach(this::count);
    }

    @Override
    public void close() {
        abandonProducer();
    }

    private void send(List<Outcome> outcomes, ConsumerGroupMetadata group, Producer<byte[], byte[]> current) {
        // Encoded first: a registry that is away is found out before the transaction begins.
        List<ProducerRecord<byte[], byte[]>> records =
                outcomes.stream().map(this::record).toList();
        current.beginTransaction();
        for (ProducerRecord<byte[], byte[]> record : records) {
            // Nobody waits for the single record: a failed send fails the commit.
            Future<?> unused = current.send(record);
        }
        current.sendOffsetsToTransaction(offsets(outcomes), group);
        current.commitTransaction();
    }

    private ProducerRecord<byte[], byte[]> record(Outcome outcome) {
        ConsumerRecord<byte[], byte[]> original = outcome.scan().original();
        if (outcome instanceof Outcome.Rejected rejected) {
            return DeadLetters.of(original, rejected.reason(), 1);
        }
        ScanClassified result = results.of((Outcome.Predicted) outcome);
        String topic = Topic.SCAN_CLASSIFIED.topicName();
        var headers = EventHeaders.following(
                original.headers(), topic, result.getResultId(), SOURCE, result.getClassifiedAt());
        byte[] value = serializer.serialize(topic, headers, result);
        return new ProducerRecord<>(topic, null, null, original.key(), value, headers);
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(List<Outcome> outcomes) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (Outcome outcome : outcomes) {
            ConsumerRecord<byte[], byte[]> original = outcome.scan().original();
            offsets.merge(
                    partition(outcome),
                    new OffsetAndMetadata(original.offset() + 1),
                    (a, b) -> a.offset() >= b.offset() ? a : b);
        }
        return offsets;
    }

    private List<Outcome> uncommitted(List<Outcome> outcomes) {
        Set<TopicPartition> partitions =
                outcomes.stream().map(ResultPublisher::partition).collect(Collectors.toSet());
        Map<TopicPartition, OffsetAndMetadata> known = committed.apply(partitions);
        var open = new ArrayList<Outcome>();
        for (Outcome outcome : outcomes) {
            OffsetAndMetadata next = known.get(partition(outcome));
            if (next == null || outcome.scan().original().offset() >= next.offset()) {
                open.add(outcome);
            }
        }
        log.atInfo()
                .addKeyValue("outcomes", outcomes.size())
                .addKeyValue("alreadyCommitted", outcomes.size() - open.size())
                .log("Settled the transaction that was in doubt");
        return open;
    }

    private static TopicPartition partition(Outcome outcome) {
        ConsumerRecord<byte[], byte[]> original = outcome.scan().original();
        return new TopicPartition(original.topic(), original.partition());
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

    private void count(Outcome outcome) {
        if (outcome instanceof Outcome.Rejected rejected) {
            metrics.deadLettered(rejected.reason().stage(), rejected.reason().reason());
        } else if (outcome instanceof Outcome.Predicted predicted
                && predicted.scan().scan() != null) {
            metrics.scans(Stage.CLASSIFY, "classified").increment();
            Metrics.age(scanAge, predicted.scan().scan().getReceivedAt(), predicted.at());
        }
    }
}
