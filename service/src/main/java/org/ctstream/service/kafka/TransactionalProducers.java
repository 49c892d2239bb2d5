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

    /**
     * A transaction that begins right after the one before is refused until the brokers have marked that one's end, which
     * takes them a millisecond or two. Kafka's default would then have it wait for 100.
     */
    private static final long RETRY_BACKOFF_MS = 3;

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
        merged.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, RETRY_BACKOFF_MS);
        // The commit sends what is left anyway: nothing is gained by waiting for more.
        merged.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        merged.putAll(defaults);
        merged.putAll(config.producer());
        merged.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        merged.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        merged.put(ProducerConfig.ACKS_CONFIG, "all");
        return new KafkaProducer<>(merged, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
