package org.ctstream.sink.review;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.ScanLabeled;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.avro.Split;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;
import org.ctstream.service.event.EventHeaders;
import org.ctstream.sink.scan.ScanRecords.Found;
import org.ctstream.sink.store.RecordPlace;
import org.ctstream.sink.store.Review;
import org.jspecify.annotations.Nullable;

/**
 * Writes reviews to {@code ct.scan.labeled} and waits for the acknowledgement. The same review makes the same record again.
 * The producer is made when it is first needed, so that a sink starts without Kafka.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class LabelTopic implements AutoCloseable {
    private static final String TOPIC = Topic.SCAN_LABELED.topicName();
    private static final String SOURCE = "ctstream/results-sink";
    private static final String ORIGIN = "review";
    private static final int DELIVERY_MS = 8_000;
    private static final int REQUEST_MS = 4_000;
    private static final int BLOCK_MS = 4_000;
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Serializer<ScanLabeled> serializer;
    private @Nullable Producer<byte[], byte[]> producer;

    LabelTopic(Supplier<Producer<byte[], byte[]>> producers, Serializer<ScanLabeled> serializer) {
        this.producers = producers;
        this.serializer = serializer;
    }

    public static LabelTopic of(ServiceConfig config) {
        Map<String, Object> settings = settings(config);
        return new LabelTopic(
                () -> new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()),
                Serializers.valueSerializer(config.serializers()));
    }

    /**
     * Writes the review's label with the original it is about.
     *
     * @return where it stands, once all in-sync replicas have it
     * @throws StageException retriable if Kafka or the registry is away, fatal if they refuse
     */
    RecordPlace write(Review review, Found<ScanReceived> original) {
        try {
            ScanLabeled label = ScanLabeled.newBuilder()
                    .setScanId(review.scanId())
                    .setImage(original.value().getPayload())
                    .setLabel(Label.valueOf(review.label()))
                    .setSplit(Split.UNASSIGNED)
                    .setLabelledBy(review.reviewedBy())
                    .setLabelledAt(review.reviewedAt())
                    .setOrigin(ORIGIN)
                    .build();
            var headers = EventHeaders.following(
                    original.source().headers(), TOPIC, review.reviewId(), SOURCE, review.reviewedAt());
            byte[] value = serializer.serialize(TOPIC, headers, label);
            var record = new ProducerRecord<>(
                    TOPIC,
                    null,
                    review.reviewedAt().toEpochMilli(),
                    review.scanId().getBytes(UTF_8),
                    value,
                    headers);
            RecordMetadata written = producer().send(record).get(DELIVERY_MS + BLOCK_MS, TimeUnit.MILLISECONDS);
            return new RecordPlace(written.topic(), written.partition(), written.offset());
        } catch (ExecutionException e) {
            throw Failures.of(Stage.STORE, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new RetriableStageException(Stage.STORE, "Kafka has not acknowledged the label in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetriableStageException(Stage.STORE, "Interrupted while Kafka takes the label", e);
        } catch (RuntimeException e) {
            throw Failures.of(Stage.STORE, e);
        }
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(CLOSE);
        }
        serializer.close();
    }

    private synchronized Producer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = producers.get();
        }
        return producer;
    }

    private static Map<String, Object> settings(ServiceConfig config) {
        var settings = new HashMap<String, Object>();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "ctstream-reviews-" + config.string(CommonKeys.INSTANCE_NAME));
        settings.put(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Topic.SCAN_LABELED.spec().maxMessageBytes());
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.putAll(config.producer());
        // A reader waits for these, and a label that is called done must be on every replica.
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS);
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        return settings;
    }
}
