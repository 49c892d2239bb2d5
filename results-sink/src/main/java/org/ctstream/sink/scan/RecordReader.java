package org.ctstream.sink.scan;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;
import org.ctstream.sink.store.RecordPlace;
import org.jspecify.annotations.Nullable;

/**
 * Reads single records by their place, with consumers that belong to no group. At most {@value #MOST_AT_ONCE} at once, each
 * within a bounded time; a consumer that has answered is used again.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class RecordReader implements AutoCloseable {
    private static final int MOST_AT_ONCE = 3;

    /** One record is wanted; a broker gives the batch it is in whatever its size. */
    private static final int FETCH_BYTES = 64 * 1024;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Duration timeout;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final ConcurrentLinkedDeque<Consumer<byte[], byte[]>> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    RecordReader(Supplier<Consumer<byte[], byte[]>> consumers, Duration timeout) {
        this.consumers = consumers;
        this.timeout = timeout;
    }

    /** @param timeout longest time for one record */
    public static RecordReader of(ServiceConfig config, Duration timeout) {
        Map<String, Object> settings = settings(config);
        return new RecordReader(
                () -> new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()), timeout);
    }

    /**
     * Reads the record.
     *
     * @return empty if it is not there any more, as after its topic's retention
     * @throws StageException retriable if Kafka does not answer in time, fatal if it refuses
     */
    public Optional<ConsumerRecord<byte[], byte[]>> read(RecordPlace place) {
        if (place.partition() < 0 || place.offset() < 0) {
            return Optional.empty(); // Said by a record, and the client would take it for a mistake of ours.
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        if (!acquire()) {
            throw late(place, "others are being read", null);
        }
        @Nullable Consumer<byte[], byte[]> consumer = null;
        boolean good = false;
        try {
            consumer = idle.poll();
            if (consumer == null) {
                consumer = consumers.get();
            }
            Optional<ConsumerRecord<byte[], byte[]>> record = read(consumer, place, deadline);
            good = true;
            return record;
        } catch (KafkaException e) {
            throw Failures.of(Stage.FETCH, e);
        } finally {
            release(consumer, good);
            places.release();
        }
    }

    @Override
    public void close() {
        closed = true;
        for (var consumer = idle.poll(); consumer != null; consumer = idle.poll()) {
            consumer.close(CloseOptions.timeout(CLOSE));
        }
    }

    private Optional<ConsumerRecord<byte[], byte[]>> read(
            Consumer<byte[], byte[]> consumer, RecordPlace place, long deadline) {
        var partition = new TopicPartition(place.topic(), place.partition());
        consumer.assign(List.of(partition));
        consumer.seek(partition, place.offset());
        try {
            while (System.nanoTime() - deadline < 0) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    // A later one means that ours is gone from between: compacted, or of a transaction that was
                    // aborted.
                    return record.offset() == place.offset() ? Optional.of(record) : Optional.empty();
                }
            }
        } catch (OffsetOutOfRangeException e) {
            return Optional.empty();
        }
        throw late(place, "Kafka gave nothing", null);
    }

    private void release(@Nullable Consumer<byte[], byte[]> consumer, boolean good) {
        if (consumer == null) {
            return;
        }
        if (good && !closed) {
            consumer.unsubscribe();
            idle.push(consumer);
        } else {
            consumer.close(CloseOptions.timeout(CLOSE));
        }
    }

    private boolean acquire() {
        try {
            return places.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private RetriableStageException late(RecordPlace place, String why, @Nullable Throwable cause) {
        return new RetriableStageException(
                Stage.FETCH,
                "Cannot read " + place.topic() + "-" + place.partition() + "@" + place.offset() + " within "
                        + timeout.toMillis() + " ms: " + why + " (expected: the record)",
                cause);
    }

    private static Map<String, Object> settings(ServiceConfig config) {
        var settings = new HashMap<>(config.consumer());
        settings.keySet().removeIf(key -> key.startsWith("group."));
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "ctstream-page-" + config.string(CommonKeys.INSTANCE_NAME));
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        return settings;
    }
}
