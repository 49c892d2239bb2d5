package org.ctstream.cli.publish;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.ctstream.cli.connect.Connection;
import org.ctstream.schemas.serde.Serializers;

/** Producers for publishing files: idempotent, acknowledged by all replicas, bounded in memory. */
final class PublishProducers {
    private static final long BUFFER_BYTES = 64L << 20;
    /** Waits for room as long as for delivery: a slow broker slows us down, it does not fail us. */
    private static final int DELIVERY_TIMEOUT_MS = 120_000;

    private PublishProducers() {}

    static <T extends SpecificRecord> Producer<String, T> open(
            Connection connection, String clientId, int maxRecordBytes) {
        Map<String, Object> config = connection.producer();
        config.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        config.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRecordBytes);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(BUFFER_BYTES, 2L * maxRecordBytes));
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_TIMEOUT_MS);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
        Serializer<T> values = Serializers.valueSerializer(connection.serializers());
        return new KafkaProducer<>(config, new StringSerializer(), values);
    }
}
