package org.ctstream.schemas.topic;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * How one topic is created. The replication factor is not part of it: it belongs to the cluster, so the broker's default
 * applies unless the operator says otherwise.
 *
 * @param name topic name
 * @param partitions default number of partitions, 1 or more
 * @param retention how long records are kept, or {@link #FOREVER}
 * @param cleanup what happens to old records
 * @param maxMessageBytes largest record batch the topic accepts, in bytes after compression. A producer's
 *     {@code max.request.size} (uncompressed) has to allow it too
 */
public record TopicSpec(String name, int partitions, Duration retention, CleanupPolicy cleanup, int maxMessageBytes) {
    /** No limit on age: {@code retention.ms = -1}. */
    public static final Duration FOREVER = Duration.ofMillis(-1);

    /** {@code message.timestamp.type}: a record's time is when the broker took it. */
    private static final String BROKERS_TIME = "LogAppendTime";

    /** Kafka's limit on the length of a topic name. */
    private static final int MAX_NAME_LENGTH = 249;

    public TopicSpec {
        if (!name.matches("[a-zA-Z0-9._-]{1," + MAX_NAME_LENGTH + "}")) {
            throw new IllegalArgumentException("Topic name '" + name + "' is not one: expected 1 to " + MAX_NAME_LENGTH
                    + " letters, digits, dots, underscores or hyphens");
        }
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "Topic " + name + " has " + partitions + " partitions: expected 1 or more");
        }
        if (!retention.equals(FOREVER) && (retention.isNegative() || retention.isZero())) {
            throw new IllegalArgumentException(
                    "Topic " + name + " keeps records for " + retention + ": expected a positive time or FOREVER");
        }
        if (maxMessageBytes < 1) {
            throw new IllegalArgumentException(
                    "Topic " + name + " accepts " + maxMessageBytes + " bytes: expected 1 or more");
        }
    }

    /**
     * The topic configs to create the topic with, for Kafka's {@code NewTopic.configs}.
     *
     * <p>Records that age are as old as the broker has had them: by the producer's time, Kafka's default, a scan that is
     * dated by its acquisition a month ago, or by a clock that is behind, would be deleted at once, read or not.
     */
    public Map<String, String> configs() {
        var configs = new HashMap<String, String>();
        configs.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, cleanup.configValue());
        configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxMessageBytes));
        if (cleanup != CleanupPolicy.COMPACT) {
            configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, BROKERS_TIME);
        }
        return Map.copyOf(configs);
    }

    /** The same topic under another name, for sites that share a cluster. */
    public TopicSpec withName(String other) {
        return new TopicSpec(other, partitions, retention, cleanup, maxMessageBytes);
    }
}
