package org.ctstream.releases;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.ctstream.schemas.avro.ModelReleased;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds records to a catalogue, one by one; one that is no announcement is told of and passed over.
 *
 * <h2>Thread safety</h2>
 * For one thread at a time.
 */
public final class AnnouncementDecoding implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AnnouncementDecoding.class);

    private final Deserializer<ModelReleased> deserializer;

    /** @param serializers configuration of the serializers */
    public AnnouncementDecoding(Map<String, ?> serializers) {
        this.deserializer = Serializers.valueDeserializer(serializers, ModelReleased.class);
    }

    /**
     * The catalogue after this record.
     *
     * @throws StageException if the schema registry is away or refuses us: the record may well be an announcement
     */
    public ReleaseCatalogue apply(ReleaseCatalogue catalogue, ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "" : new String(record.key(), UTF_8);
        try {
            ModelReleased value = deserializer.deserialize(record.topic(), record.headers(), record.value());
            if (value == null) {
                return catalogue.without(key);
            }
            var release = new AnnouncedRelease(value, record.offset());
            if (!key.equals(release.id().toString())) {
                // Compaction goes by the key: under another one the record would outlive what replaces it.
                throw new IllegalArgumentException(
                        "the record's key is '" + key + "', expected " + release.id() + " as its value says");
            }
            return catalogue.with(release);
        } catch (IllegalArgumentException e) {
            return skip(catalogue, record, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            StageException failure = Failures.of(Stage.DESERIALIZE, e);
            if (failure instanceof PoisonRecordException) {
                return skip(catalogue, record, String.valueOf(failure.getMessage()));
            }
            throw failure;
        }
    }

    @Override
    public void close() {
        deserializer.close();
    }

    private static ReleaseCatalogue skip(
            ReleaseCatalogue catalogue, ConsumerRecord<byte[], byte[]> record, String reason) {
        ReleaseCatalogue after = catalogue.skipping(new SkippedRecord(record.offset(), reason));
        if (after != catalogue) { // the catalogue keeps a bounded number of them, and so does the log
            log.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("reason", reason)
                    .log("Record is no announcement of a release; passed over");
        }
        return after;
    }
}
