package org.ctstream.cli.publish;

import java.util.List;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.ctstream.cli.CliException;
import org.ctstream.cli.connect.AdminCalls;
import org.ctstream.cli.connect.Connection;
import org.ctstream.schemas.topic.Topic;

/** Asks the cluster how large a record of a topic may be there: operators change it. */
final class TopicLimit {
    private TopicLimit() {}

    /** @throws CliException if the topic is not there or the cluster does not answer */
    static int maxRecordBytes(Connection connection, Topic of) {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, of.topicName());
        try (var calls = new AdminCalls(connection)) {
            if (!calls.get("list topics", calls.admin().listTopics().names()).contains(topic.name())) {
                throw CliException.failure(
                        "There is no topic " + topic.name() + " on " + connection.bootstrapServers()
                                + ". Create the topics with \"ctstream topics create\", or start a service.",
                        null);
            }
            Config config = calls.get(
                            "read the configuration of " + topic.name(),
                            calls.admin().describeConfigs(List.of(topic)).all())
                    .get(topic);
            ConfigEntry entry = config == null ? null : config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
            return entry == null || entry.value() == null
                    ? of.spec().maxMessageBytes()
                    : Integer.parseInt(entry.value());
        }
    }
}
