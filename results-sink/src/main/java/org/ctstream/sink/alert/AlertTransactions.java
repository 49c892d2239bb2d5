package org.ctstream.sink.alert;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes records together with the group's offsets, all or nothing.
 *
 * <p>After any failure the producer is given up: whether a commit went through can then only be told by the group's
 * committed offsets, once a new producer with the same transactional id has waited for, or ended, the old transaction.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
public final class AlertTransactions implements AutoCloseable {
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final MeterRegistry meters;
    private @Nullable Open open;

    /** @param producers makes transactional producers that all have the same transactional id */
    public AlertTransactions(Supplier<Producer<byte[], byte[]>> producers, MeterRegistry meters) {
        this.producers = producers;
        this.meters = meters;
    }

    /**
     * Makes sure that no transaction of ours is in doubt: after this, the group's committed offsets tell what was
     * published.
     *
     * @throws StageException retriable if the brokers do not answer
     */
    public void settle() {
        if (open == null) {
            var opening = new Open(producers.get(), meters);
            try {
                opening.producer.initTransactions();
            } catch (KafkaException e) {
                opening.giveUp();
                throw sorted("Cannot begin to publish alerts", e);
            }
            open = opening;
        }
    }

    /**
     * Commits the records and the offsets in one transaction.
     *
     * @throws StageException retriable if it is not known whether that happened; then {@link #settle()} comes first
     */
    public void commit(
            List<ProducerRecord<byte[], byte[]>> records,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            ConsumerGroupMetadata group) {
        Open current = open;
        if (current == null) {
            throw new IllegalStateException("commit before settle");
        }
        try {
            current.producer.beginTransaction();
            for (ProducerRecord<byte[], byte[]> record : records) {
                // A failed send fails the commit, which reports it.
                var unused = current.producer.send(record);
            }
            current.producer.sendOffsetsToTransaction(offsets, group);
            current.producer.commitTransaction();
        } catch (KafkaException e) {
            giveUp();
            throw sorted("Cannot tell whether alerts and offsets were committed", e);
        }
    }

    /** Ends an open transaction, if there is one, by aborting it. */
    @Override
    public void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    private void giveUp() {
        if (open != null) {
            open.giveUp();
            open = null;
        }
    }

    /** A new producer mends everything but missing rights and records that are too large: even being fenced, by the broker's own time limit. */
    private static StageException sorted(String what, KafkaException e) {
        return Failures.needsPeople(e)
                // The producer wraps the reason in "in an error state"; the taxonomy's message finds it.
                ? new FatalStageException(
                        Stage.ALERT, what + ": " + Failures.of(Stage.ALERT, e).getMessage(), e)
                : new RetriableStageException(
                        Stage.ALERT,
                        what + " (" + e.getClass().getSimpleName()
                                + "; if this goes on, see that no two sinks have the same instance.name): "
                                + e.getMessage(),
                        e);
    }

    /** A producer with its meters. */
    private static final class Open {
        private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);
        private final Producer<byte[], byte[]> producer;
        private final KafkaClientMetrics metrics;

        Open(Producer<byte[], byte[]> producer, MeterRegistry meters) {
            this.producer = producer;
            this.metrics = new KafkaClientMetrics(producer);
            metrics.bindTo(meters);
        }

        void close() {
            metrics.close();
            producer.close(LONGEST_CLOSE);
        }

        void giveUp() {
            metrics.close();
            producer.close(Duration.ZERO);
        }
    }
}
