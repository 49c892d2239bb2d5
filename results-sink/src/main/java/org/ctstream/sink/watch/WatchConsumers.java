package org.ctstream.sink.watch;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;

/** Settings of consumers that look at a topic and belong to no group. */
final class WatchConsumers {
    private WatchConsumers() {}

    /** @param clientId begins the client's id, which ends in the instance's name; one for each kind of reader */
    static Map<String, Object> settings(ServiceConfig config, String clientId) {
        Map<String, Object> settings = new HashMap<>(config.consumer());
        settings.keySet().removeIf(key -> key.startsWith("group."));
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId + config.string(CommonKeys.INSTANCE_NAME));
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // What retention has taken cannot be told of: then the first record that is left counts.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, WatchAdmin.TIMEOUT_MS);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, WatchAdmin.TIMEOUT_MS);
        return settings;
    }
}
