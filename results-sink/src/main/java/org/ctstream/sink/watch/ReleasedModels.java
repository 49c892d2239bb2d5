package org.ctstream.sink.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Deserializer;
import org.ctstream.schemas.avro.ModelReleased;
import org.ctstream.schemas.avro.ModelStage;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;

/**
 * The releases announced on {@code ct.model.released}, each with its newest stage. The one workers serve is that with the
 * newest record among those in PRODUCTION.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads; one reads, the others wait for it.
 */
public final class ReleasedModels implements AutoCloseable {
    private final TopicScan topic;
    private final Deserializer<ModelReleased> deserializer;
    private final Map<String, Released> byKey = new HashMap<>();

    public ReleasedModels(ServiceConfig config) {
        this.topic = new TopicScan(config, List.of(Topic.MODEL_RELEASED.topicName()), Long.MAX_VALUE);
        this.deserializer = Serializers.valueDeserializer(config.serializers(), ModelReleased.class);
    }

    /**
     * All of them, the newest record first.
     *
     * @throws StageException retriable if Kafka or the registry is away
     */
    public synchronized List<Released> read() {
        topic.read(this::take);
        List<Released> newestFirst = byKey.values().stream()
                .sorted(Comparator.comparingLong(Released::offset).reversed())
                .toList();
        long serving = newestFirst.stream()
                .filter(release -> release.stage().equals(ModelStage.PRODUCTION.name()))
                .mapToLong(Released::offset)
                .findFirst()
                .orElse(-1);
        return newestFirst.stream()
                .map(release -> release.offset() == serving ? release.asServing() : release)
                .toList();
    }

    @Override
    public void close() {
        deserializer.close();
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "" : new String(record.key(), UTF_8);
        if (record.value() == null) {
            byKey.remove(key);
            return;
        }
        try {
            ModelReleased released = deserializer.deserialize(record.topic(), record.headers(), record.value());
            byKey.put(key, Released.of(released, record.offset()));
        } catch (KafkaException e) {
            StageException failure = Failures.of(Stage.DESERIALIZE, e);
            if (!(failure instanceof PoisonRecordException)) {
                throw failure;
            }
            // Who else writes there is no concern of this view; the workers say so in their notes.
        }
    }

    /**
     * A release.
     *
     * @param metrics results of its evaluation by name
     * @param serving whether it is the one workers serve
     */
    public record Released(
            String name,
            String version,
            String architecture,
            String stage,
            boolean trained,
            double threshold,
            Map<String, Double> metrics,
            Instant releasedAt,
            boolean serving,
            long offset) {
        public Released {
            metrics = Map.copyOf(metrics);
        }

        static Released of(ModelReleased released, long offset) {
            return new Released(
                    released.getName(),
                    released.getVersion(),
                    released.getArchitecture(),
                    released.getStage().name(),
                    released.getTrained(),
                    released.getThreshold(),
                    new TreeMap<>(released.getMetrics()),
                    released.getReleasedAt(),
                    false,
                    offset);
        }

        Released asServing() {
            return new Released(
                    name, version, architecture, stage, trained, threshold, metrics, releasedAt, true, offset);
        }
    }
}
