package org.ctstream.sink.review;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.producer.ProducerRecord;
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
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;
import org.ctstream.service.event.EventHeaders;
import org.ctstream.sink.publish.AckedProducer;
import org.ctstream.sink.scan.ScanRecords.Found;
import org.ctstream.sink.store.RecordPlace;
import org.ctstream.sink.store.Review;

/**
 * Writes reviews to {@code ct.scan.labeled} and waits for the acknowledgement. The same review makes the same record again.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class LabelTopic implements AutoCloseable {
    private static final String TOPIC = Topic.SCAN_LABELED.topicName();
    private static final String SOURCE = "ctstream/results-sink";
    private static final String ORIGIN = "review";

    private final AckedProducer producer;
    private final Serializer<ScanLabeled> serializer;

    private LabelTopic(AckedProducer producer, Serializer<ScanLabeled> serializer) {
        this.producer = producer;
        this.serializer = serializer;
    }

    public static LabelTopic of(ServiceConfig config) {
        return new LabelTopic(
                AckedProducer.of(
                        config,
                        "ctstream-reviews-" + config.string(CommonKeys.INSTANCE_NAME),
                        Topic.SCAN_LABELED.spec().maxMessageBytes()),
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
            return producer.await(producer.send(record), "the label");
        } catch (RuntimeException e) {
            throw Failures.of(Stage.STORE, e);
        }
    }

    @Override
    public void close() {
        producer.close();
        serializer.close();
    }
}
