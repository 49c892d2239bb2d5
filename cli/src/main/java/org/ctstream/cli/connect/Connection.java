package org.ctstream.cli.connect;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.ctstream.publisher.PublishTarget;

/**
 * How to reach a cluster, and the client configuration that follows from it.
 *
 * @param bootstrapServers host:port, comma-separated
 * @param registryUrl base URL of a registry that speaks Confluent's REST API
 * @param extra further keys of Kafka's clients and of the serializers: security above all
 */
public record Connection(String bootstrapServers, String registryUrl, Map<String, String> extra) {
    public Connection {
        extra = Map.copyOf(extra);
    }

    /** Without security, as on loopback. */
    public static Connection plain(String bootstrapServers, String registryUrl) {
        return new Connection(bootstrapServers, registryUrl, Map.of());
    }

    public Map<String, Object> admin() {
        return client(AdminClientConfig.configNames());
    }

    /** A consumer without a group that sees only committed records and values as bytes. */
    public Map<String, Object> consumer() {
        Map<String, Object> config = client(ConsumerConfig.configNames());
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return config;
    }

    /** An idempotent producer that waits for all replicas. */
    public Map<String, Object> producer() {
        Map<String, Object> config = client(ProducerConfig.configNames());
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        return config;
    }

    public Map<String, Object> serializers() {
        var config = new HashMap<String, Object>(extra);
        config.put("schema.registry.url", registryUrl);
        return config;
    }

    /** The same cluster, to publish scans to. */
    public PublishTarget publishTarget() {
        return new PublishTarget(producer(), serializers());
    }

    /** Secrets stay out of messages. */
    @Override
    public String toString() {
        return "Connection[" + bootstrapServers + ", " + registryUrl + "]";
    }

    private Map<String, Object> client(Set<String> names) {
        var config = new HashMap<String, Object>();
        extra.forEach((key, value) -> {
            if (names.contains(key) && !key.endsWith("serializer")) {
                config.put(key, value);
            }
        });
        config.put("bootstrap.servers", bootstrapServers);
        return config;
    }
}
