package org.ctstream.sink.publish;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;
import org.ctstream.sink.store.RecordPlace;
import org.jspecify.annotations.Nullable;

/**
 * A producer for records that are called done only when every in-sync replica has them, within seconds or not at all. It is
 * made when it is first needed, so that a sink starts without Kafka.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class AckedProducer implements AutoCloseable {
    private static final int DELIVERY_MS = 8_000;
    private static final int REQUEST_MS = 4_000;
    private static final int BLOCK_MS = 4_000;
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Supplier<Producer<byte[], byte[]>> producers;
    private @Nullable Producer<byte[], byte[]> producer;

    /** @param producers asked once */
    public AckedProducer(Supplier<Producer<byte[], byte[]>> producers) {
        this.producers = producers;
    }

    /** @param maxRequestBytes the largest record it sends, unless the configuration says otherwise */
    public static AckedProducer of(ServiceConfig config, String clientId, int maxRequestBytes) {
        Map<String, Object> settings = settings(config, clientId, maxRequestBytes);
        return new AckedProducer(
                () -> new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /** Begins to send. What fails at once may be thrown, or be told by {@link #await}. */
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        return producer().send(record);
    }

    /**
     * Where the record stands.
     *
     * @param what it is, for the message
     * @throws StageException retriable if Kafka is away, fatal if it refuses
     */
    public RecordPlace await(Future<RecordMetadata> sent, String what) {
        try {
            RecordMetadata written = sent.get(DELIVERY_MS + BLOCK_MS, TimeUnit.MILLISECONDS);
            return new RecordPlace(written.topic(), written.partition(), written.offset());
        } catch (ExecutionException e) {
            throw Failures.of(Stage.STORE, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new RetriableStageException(Stage.STORE, "Kafka has not acknowledged " + what + " in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetriableStageException(Stage.STORE, "Interrupted while Kafka takes " + what, e);
        }
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(CLOSE);
        }
    }

    private synchronized Producer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = producers.get();
        }
        return producer;
    }

    private static Map<String, Object> settings(ServiceConfig config, String clientId, int maxRequestBytes) {
        var settings = new HashMap<String, Object>();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRequestBytes);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.putAll(config.producer());
        // What is called done must be on every replica.
        bound(settings);
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        return settings;
    }

    /** Has a producer with these settings tell within seconds whether Kafka took a record, since somebody waits for it. */
    public static void bound(Map<String, Object> settings) {
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS);
    }
}
