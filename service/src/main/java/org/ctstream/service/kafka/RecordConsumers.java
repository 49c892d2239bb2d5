package org.ctstream.service.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.ctstream.service.config.ServiceConfig;

/** Consumers as every ctstream service wants them. */
public final class RecordConsumers {
    private RecordConsumers() {}

    /**
     * Values arrive as bytes and are decoded one by one, so that an undecodable record becomes a dead letter instead of
     * failing the poll. Only committed records are read, offsets are committed by the caller, and the group uses the
     * protocol of KIP-848.
     *
     * @param defaults what the service wants where the operator says nothing
     */
    public static KafkaConsumer<byte[], byte[]> create(
            ServiceConfig config, String group, String clientId, Map<String, Object> defaults) {
        var merged = new HashMap<String, Object>();
        merged.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, GroupProtocol.CONSUMER.name());
        merged.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        merged.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        merged.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        merged.putAll(defaults);
        merged.putAll(config.consumer());
        // Not the operator's to choose: exactly-once rests on these two.
        merged.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        merged.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(merged, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
