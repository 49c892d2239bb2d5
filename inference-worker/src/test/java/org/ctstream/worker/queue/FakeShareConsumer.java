package org.ctstream.worker.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.AcknowledgementCommitCallback;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.jspecify.annotations.Nullable;

/**
 * A share consumer on one partition in explicit mode, which insists on the rules of Kafka's own: before a poll every
 * record in flight is acknowledged, renewed records come back by a later poll and nothing new before them, and what is
 * not in flight cannot be acknowledged. It also insists that a poll does not come before the answer to a renewal.
 */
final class FakeShareConsumer implements ShareConsumer<byte[], byte[]> {
    private final List<ConsumerRecord<byte[], byte[]>> available = new ArrayList<>();
    private final Map<Long, ConsumerRecord<byte[], byte[]>> inFlight = new LinkedHashMap<>();
    private final Map<Long, AcknowledgeType> acknowledged = new LinkedHashMap<>();
    private final List<ConsumerRecord<byte[], byte[]>> renewed = new ArrayList<>();
    private final Map<ConsumerRecord<byte[], byte[]>, AcknowledgeType> unanswered = new LinkedHashMap<>();
    private final List<Long> accepted = new ArrayList<>();
    private @Nullable AcknowledgementCommitCallback callback;
    private @Nullable KafkaException refusal;
    private boolean holdsBackRenewed;
    private boolean closed;

    void offer(List<ConsumerRecord<byte[], byte[]>> records) {
        available.addAll(records);
    }

    /** The next acknowledgements are refused for this reason; null accepts them again. */
    void refuse(@Nullable KafkaException reason) {
        refusal = reason;
    }

    /** Whether renewals have no answer for now. */
    void holdBackRenewed(boolean wanted) {
        holdsBackRenewed = wanted;
    }

    List<Long> accepted() {
        return accepted;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        if (!acknowledged.keySet().containsAll(inFlight.keySet())) {
            throw new IllegalStateException("All records must be acknowledged in explicit acknowledgement mode.");
        }
        commitAsync();
        if (!unanswered.isEmpty()) {
            throw new AssertionError("Polled before Kafka has answered for the renewed records");
        }
        List<ConsumerRecord<byte[], byte[]>> returned = renewed.isEmpty() ? available : renewed;
        var records = List.copyOf(returned);
        returned.clear();
        records.forEach(record -> inFlight.put(record.offset(), record));
        return records.isEmpty()
                ? ConsumerRecords.empty()
                : new ConsumerRecords<>(Map.of(partition(records.get(0)), records), Map.of());
    }

    @Override
    public void acknowledge(ConsumerRecord<byte[], byte[]> record, AcknowledgeType type) {
        if (!inFlight.containsKey(record.offset())) {
            throw new IllegalStateException("The record cannot be acknowledged.");
        }
        acknowledged.put(record.offset(), type);
    }

    @Override
    public void commitAsync() {
        if (!holdsBackRenewed && !unanswered.isEmpty()) {
            answer(Map.copyOf(unanswered));
            unanswered.clear();
        }
        if (acknowledged.isEmpty()) {
            return;
        }
        var said = new LinkedHashMap<ConsumerRecord<byte[], byte[]>, AcknowledgeType>();
        acknowledged.forEach((offset, type) -> said.put(inFlight.remove(offset), type));
        acknowledged.clear();
        if (holdsBackRenewed && said.containsValue(AcknowledgeType.RENEW)) {
            unanswered.putAll(said);
        } else {
            answer(said);
        }
    }

    private void answer(Map<ConsumerRecord<byte[], byte[]>, AcknowledgeType> said) {
        var offsets = new LinkedHashSet<Long>();
        said.forEach((record, type) -> {
            offsets.add(record.offset());
            if (refusal == null && type == AcknowledgeType.RENEW) {
                renewed.add(record);
            } else if (refusal == null && type == AcknowledgeType.ACCEPT) {
                accepted.add(record.offset());
            }
        });
        if (callback != null) {
            TopicPartition partition = partition(said.keySet().iterator().next());
            callback.onComplete(Map.of(new TopicIdPartition(Uuid.ONE_UUID, partition), offsets), refusal);
        }
    }

    @Override
    public void setAcknowledgementCommitCallback(AcknowledgementCommitCallback wanted) {
        callback = wanted;
    }

    @Override
    public void close(Duration timeout) {
        commitAsync();
        closed = true;
    }

    @Override
    public void subscribe(Collection<String> topics) {}

    @Override
    public Optional<Integer> acquisitionLockTimeoutMs() {
        return Optional.empty();
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return Map.of();
    }

    private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    // What Hand does not use.

    @Override
    public Set<String> subscription() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void unsubscribe() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void acknowledge(ConsumerRecord<byte[], byte[]> record) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void acknowledge(String topic, int partition, long offset, AcknowledgeType type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<TopicIdPartition, Optional<KafkaException>> commitSync() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<TopicIdPartition, Optional<KafkaException>> commitSync(Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uuid clientInstanceId(Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void registerMetricForSubscription(KafkaMetric metric) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void unregisterMetricFromSubscription(KafkaMetric metric) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void wakeup() {
        throw new UnsupportedOperationException();
    }
}
