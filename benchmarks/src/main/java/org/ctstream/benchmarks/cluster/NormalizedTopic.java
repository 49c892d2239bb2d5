package org.ctstream.benchmarks.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.benchmarks.input.NormalizedSlices;
import org.ctstream.cli.connect.Connection;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.imaging.slice.SliceNormalizer;
import org.ctstream.imaging.slice.SliceStatistics;
import org.ctstream.schemas.avro.ImageStatistics;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;

/** Writes normalized scans as ingest does, for programs that measure what comes after ingest. For one thread. */
public final class NormalizedTopic implements AutoCloseable {
    private static final String TOPIC = Topic.SCAN_NORMALIZED.topicName();
    private static final int BATCH_BYTES = 1 << 20;

    private final KafkaProducer<byte[], byte[]> producer;
    private final Serializer<ScanNormalized> serializer;
    private final NormalizedSlices slices;
    private long sent;

    public NormalizedTopic(Connection connection, NormalizedSlices slices) {
        Map<String, Object> settings = connection.producer();
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.serializer = Serializers.valueSerializer(connection.serializers());
        this.slices = slices;
    }

    /** Scans written so far. */
    public long sent() {
        return sent;
    }

    /** Writes further scans and returns once the broker has them. */
    public void publish(int count) {
        for (int i = 0; i < count; i++, sent++) {
            String scanId = "scan-" + sent;
            byte[] value = serializer.serialize(TOPIC, scan(scanId, slices.get((int) (sent % slices.size()))));
            var unused = producer.send(new ProducerRecord<>(TOPIC, scanId.getBytes(UTF_8), value));
        }
        producer.flush();
    }

    @Override
    public void close() {
        // An interrupt is often why we are here; it must not cut the orderly end short.
        boolean interrupted = Thread.interrupted();
        producer.close();
        serializer.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A scan of a slice, as ingest writes it. */
    public static ScanNormalized scan(String scanId, GreySlice slice) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        SliceStatistics statistics = slice.statistics();
        return ScanNormalized.newBuilder()
                .setScanId(scanId)
                .setStudyUid(null)
                .setSeriesUid(null)
                .setInstanceUid(null)
                .setPatientRef(null)
                .setSource("benchmark")
                .setAcquiredAt(null)
                .setReceivedAt(now)
                .setNormalizedAt(now)
                .setPriority(Priority.ROUTINE)
                .setHeight(slice.height())
                .setWidth(slice.width())
                .setPixels(ByteBuffer.wrap(slice.pixels()))
                .setSourceDigest("0".repeat(64))
                .setSourceFormat("PNG")
                .setPreprocessingVersion(SliceNormalizer.PREPROCESSING_VERSION)
                .setStatistics(new ImageStatistics(
                        statistics.mean(), statistics.standardDeviation(), statistics.min(), statistics.max()))
                .build();
    }
}
