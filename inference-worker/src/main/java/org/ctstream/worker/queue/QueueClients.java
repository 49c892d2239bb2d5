package org.ctstream.worker.queue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.schemas.topic.TopicSpec;
import org.ctstream.service.config.ServiceConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka clients as queue mode wants them. */
final class QueueClients {
    private static final Logger log = LoggerFactory.getLogger(QueueClients.class);

    /** Keys of consumer groups, which a share consumer refuses; what they stand for is the group's to say, or void. */
    private static final List<String> CONSUMER_GROUPS_ONLY = List.of(
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
            ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG);

    /** The largest dead letter any topic may have. */
    private static final int LARGEST_REQUEST =
            Topic.allSpecs().stream().mapToInt(TopicSpec::maxMessageBytes).max().orElseThrow();

    private static final int REQUEST_TIMEOUT_MS = 10_000;
    /** A result Kafka does not take in this time is sent anew: the worker sends it until Kafka takes it. */
    private static final int DELIVERY_TIMEOUT_MS = 20_000;

    private static final int MAX_BLOCK_MS = 15_000;

    private QueueClients() {}

    /** A share consumer that has at most so many records at a time, and is told what becomes of each. */
    static KafkaShareConsumer<byte[], byte[]> consumer(
            ServiceConfig config, String group, String clientId, int maxRecords) {
        Map<String, Object> merged = new HashMap<>(config.consumer());
        if (merged.keySet().removeAll(Set.copyOf(CONSUMER_GROUPS_ONLY))) {
            log.atDebug().addKeyValue("keys", CONSUMER_GROUPS_ONLY).log("Keys of consumer groups are left out");
        }
        merged.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        merged.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        merged.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxRecords);
        merged.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        // Else a poll returns whole batches as they were published, and records would wait here with their locks
        // running.
        merged.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
        return new KafkaShareConsumer<>(merged, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A producer whose sends are done when all replicas have them, each once however often it tries. */
    static KafkaProducer<byte[], byte[]> producer(ServiceConfig config, String clientId) {
        var merged = new HashMap<String, Object>();
        merged.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
        merged.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        merged.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        merged.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
        merged.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
        merged.putAll(config.producer());
        merged.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        merged.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        merged.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        merged.put(ProducerConfig.ACKS_CONFIG, "all");
        return new KafkaProducer<>(merged, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
