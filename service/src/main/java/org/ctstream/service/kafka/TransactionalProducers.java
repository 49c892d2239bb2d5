package org.ctstream.service.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.schemas.topic.TopicSpec;
import org.ctstream.service.config.ServiceConfig;

/** Transactional producers as every ctstream service wants them. */
public final class TransactionalProducers {
    /** The largest dead letter any topic may have. */
    private static final int LARGEST_REQUEST =
            Topic.allSpecs().stream().mapToInt(TopicSpec::maxMessageBytes).max().orElseThrow();

    private TransactionalProducers() {}

    /**
     * Values are given as bytes: the caller has encoded them already, so that an encoding error is seen before the
     * transaction begins.
     *
     * @param transactionalId unique per instance of the service; a new producer with the same one fences the old
     */
    public static KafkaProducer<byte[], byte[]> create(
            ServiceConfig config, String clientId, String transactionalId, Map<String, Object> defaults) {
        var merged = new HashMap<String, Object>();
        merged.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        merged.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
        merged.putAll(defaults);
        merged.putAll(config.producer());
        merged.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        merged.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        merged.put(ProducerConfig.ACKS_CONFIG, "all");
        return new KafkaProducer<>(merged, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
