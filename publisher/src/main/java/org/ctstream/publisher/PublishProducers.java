package org.ctstream.publisher;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.ctstream.schemas.serde.Serializers;

/** Producers for publishing scans: idempotent, acknowledged by all replicas, bounded in memory. */
public final class PublishProducers {
    private static final long BUFFER_BYTES = 64L << 20;
    /** Waits for room as long as for delivery: a slow broker slows us down, it does not fail us. */
    private static final int DELIVERY_TIMEOUT_MS = 120_000;

    private PublishProducers() {}

    /** For files, which can wait for a broker that is away for a while. */
    public static <T extends SpecificRecord> Producer<String, T> open(
            PublishTarget target, String clientId, int maxRecordBytes) {
        return open(target, clientId, maxRecordBytes, DELIVERY_TIMEOUT_MS);
    }

    /**
     * For senders that wait for an answer.
     *
     * @param deliveryTimeoutMs how long a record may take from {@code send} to its acknowledgement, room in the buffer
     *     included twice at worst
     */
    public static <T extends SpecificRecord> Producer<String, T> open(
            PublishTarget target, String clientId, int maxRecordBytes, int deliveryTimeoutMs) {
        Map<String, Object> config = new HashMap<>(target.producer());
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        config.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRecordBytes);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(BUFFER_BYTES, 2L * maxRecordBytes));
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, deliveryTimeoutMs);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, deliveryTimeoutMs);
        if (deliveryTimeoutMs < DELIVERY_TIMEOUT_MS) {
            // A request that gets lost is sent again within the whole.
            config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
            config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, deliveryTimeoutMs / 2);
        }
        Serializer<T> values = Serializers.valueSerializer(target.serializers());
        return new KafkaProducer<>(config, new StringSerializer(), values);
    }
}
