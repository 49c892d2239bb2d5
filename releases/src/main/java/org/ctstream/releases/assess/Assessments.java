package org.ctstream.releases.assess;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.schemas.avro.ModelAssessed;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest assessment of each release, gathered from the records of {@code ct.model.assessed} in their order. A record that
 * is none is told of in the log and passed over.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class Assessments implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Assessments.class);

    private final Deserializer<ModelAssessed> deserializer;
    private final Map<String, ModelAssessed> byKey = new TreeMap<>();

    /** @param serializers configuration of the serializers */
    public Assessments(Map<String, ?> serializers) {
        this.deserializer = Serializers.valueDeserializer(serializers, ModelAssessed.class);
    }

    /**
     * Takes the next record.
     *
     * @throws StageException if the schema registry is away or refuses us: the record may well be an assessment
     */
    public synchronized void take(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "" : new String(record.key(), UTF_8);
        try {
            ModelAssessed value = deserializer.deserialize(record.topic(), record.headers(), record.value());
            if (value == null) {
                byKey.remove(key);
            } else if (key.equals(value.getName() + ":" + value.getVersion())) {
                byKey.put(key, value);
            } else {
                // Compaction goes by the key: under another one the record would outlive what replaces it.
                skip(record, "the record's key is not the release its value names");
            }
        } catch (RuntimeException e) {
            StageException failure = Failures.of(Stage.DESERIALIZE, e);
            if (!(failure instanceof PoisonRecordException)) {
                throw failure;
            }
            skip(record, String.valueOf(failure.getMessage()));
        }
    }

    /** The newest assessment of this release, if there is one. */
    public synchronized Optional<ModelAssessed> of(ReleaseId release) {
        return Optional.ofNullable(byKey.get(release.toString()));
    }

    @Override
    public void close() {
        deserializer.close();
    }

    private static void skip(ConsumerRecord<byte[], byte[]> record, String reason) {
        log.atWarn()
                .addKeyValue("topic", record.topic())
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .addKeyValue("reason", reason)
                .log("Record is no assessment of a release; passed over");
    }
}
