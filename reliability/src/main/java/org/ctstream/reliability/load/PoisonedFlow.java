package org.ctstream.reliability.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.benchmarks.cluster.NormalizedTopic;
import org.ctstream.benchmarks.input.NormalizedSlices;
import org.ctstream.cli.connect.Connection;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;

/** Writes batches of normalized scans, one bad record in each, at another place each time. For one thread. */
public final class PoisonedFlow implements AutoCloseable {
    private static final String TOPIC = Topic.SCAN_NORMALIZED.topicName();
    private static final int LINGER_MS = 200;
    private static final int BATCH_BYTES = 4 << 20;

    private final KafkaProducer<byte[], byte[]> producer;
    private final Serializer<ScanNormalized> serializer;
    private final NormalizedSlices slices = NormalizedSlices.of(GreyScans.of(32));
    private final BadRecords bad;
    private final List<String> good = new ArrayList<>();
    private final Set<String> poison = new HashSet<>();
    private int batches;

    public PoisonedFlow(Connection connection) {
        Map<String, Object> settings = connection.producer();
        // So that a batch arrives as one: a flush ends the wait.
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * BATCH_BYTES);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.serializer = Serializers.valueSerializer(connection.serializers());
        this.bad = new BadRecords(serializer, slices.get(0));
    }

    /** Writes one batch and returns once the broker has it. */
    public void publish(int size) {
        int place = batches * 7 % size;
        for (int i = 0; i < size; i++) {
            String scanId = "batch-" + batches + "-scan-" + i;
            byte[] value;
            if (i == place) {
                poison.add(scanId);
                value = bad.value(batches, scanId);
            } else {
                good.add(scanId);
                value = serializer.serialize(TOPIC, NormalizedTopic.scan(scanId, slices.get(i)));
            }
            var unused = producer.send(new ProducerRecord<>(TOPIC, scanId.getBytes(UTF_8), value));
        }
        producer.flush();
        batches++;
    }

    public List<String> good() {
        return List.copyOf(good);
    }

    public Set<String> poison() {
        return Set.copyOf(poison);
    }

    @Override
    public void close() {
        producer.close();
        serializer.close();
    }
}
