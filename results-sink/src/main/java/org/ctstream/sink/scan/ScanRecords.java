package org.ctstream.sink.scan;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;
import org.ctstream.sink.store.RecordPlace;

/**
 * The original and the slice of a scan, as they stand in Kafka. What stands at a place is believed only if it is of the scan
 * that was asked for: a topic that was made anew has others there.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class ScanRecords implements AutoCloseable {
    private final RecordReader reader;
    private final Deserializer<ScanReceived> received;
    private final Deserializer<ScanNormalized> normalized;

    /** @param reader closed with this */
    public ScanRecords(RecordReader reader, ServiceConfig config) {
        this.reader = reader;
        this.received = Serializers.valueDeserializer(config.serializers(), ScanReceived.class);
        this.normalized = Serializers.valueDeserializer(config.serializers(), ScanNormalized.class);
    }

    /**
     * The scan as it was published.
     *
     * @return empty if its record is gone
     * @throws StageException retriable if Kafka or the registry is away
     */
    public Optional<Found<ScanReceived>> received(String scanId, RecordPlace place) {
        return find(scanId, place, received, ScanReceived::getScanId);
    }

    /** The slice that was classified; as {@link #received}. */
    public Optional<Found<ScanNormalized>> normalized(String scanId, RecordPlace place) {
        return find(scanId, place, normalized, ScanNormalized::getScanId);
    }

    @Override
    public void close() {
        reader.close();
        received.close();
        normalized.close();
    }

    private <T extends SpecificRecord> Optional<Found<T>> find(
            String scanId, RecordPlace place, Deserializer<T> deserializer, Function<T, String> scanIdOf) {
        return reader.read(place)
                .filter(record -> record.value() != null)
                .map(record -> new Found<>(record, decode(deserializer, record)))
                .filter(found -> scanId.equals(scanIdOf.apply(found.value())));
    }

    private static <T> T decode(Deserializer<T> deserializer, ConsumerRecord<byte[], byte[]> record) {
        try {
            return Objects.requireNonNull(deserializer.deserialize(record.topic(), record.headers(), record.value()));
        } catch (RuntimeException e) {
            throw Failures.of(Stage.DESERIALIZE, e);
        }
    }

    /** A record and what it says. */
    public record Found<T>(ConsumerRecord<byte[], byte[]> source, T value) {}
}
