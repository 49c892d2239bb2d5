package org.ctstream.cli.topics;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.ctstream.cli.connect.AdminCalls;

/** Reads how topics are on a cluster. */
final class TopicStates {
    private TopicStates() {}

    /** State by name of those of the topics that exist. */
    static Map<String, TopicState> read(AdminCalls calls, Collection<String> names) {
        Admin admin = calls.admin();
        Set<String> existing = calls.get("list topics", admin.listTopics().names());
        List<String> present = names.stream().filter(existing::contains).toList();
        Map<String, TopicDescription> topics =
                calls.get("describe topics", admin.describeTopics(present).allTopicNames());
        Map<ConfigResource, Config> configs = calls.get(
                "read topic configurations",
                admin.describeConfigs(
                                present.stream().map(TopicStates::resource).toList())
                        .all());
        Map<String, Long> records = records(calls, topics.values());
        var states = new TreeMap<String, TopicState>();
        topics.forEach((name, topic) -> {
            Config config = configs.getOrDefault(resource(name), new Config(List.of()));
            states.put(
                    name,
                    new TopicState(
                            topic.partitions().size(),
                            topic.partitions().get(0).replicas().size(),
                            records.getOrDefault(name, 0L),
                            retention(value(config, TopicConfig.RETENTION_MS_CONFIG)),
                            value(config, TopicConfig.CLEANUP_POLICY_CONFIG),
                            Long.parseLong(value(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG))));
        });
        return states;
    }

    static String retention(String millis) {
        Duration time = Duration.ofMillis(Long.parseLong(millis));
        if (time.isNegative()) {
            return "for ever";
        }
        return time.toDays() > 0 ? time.toDays() + " days" : time.toMinutes() + " minutes";
    }

    private static Map<String, Long> records(AdminCalls calls, Collection<TopicDescription> topics) {
        var earliest = new HashMap<TopicPartition, OffsetSpec>();
        var latest = new HashMap<TopicPartition, OffsetSpec>();
        for (TopicDescription topic : topics) {
            topic.partitions().forEach(partition -> {
                var key = new TopicPartition(topic.name(), partition.partition());
                earliest.put(key, OffsetSpec.earliest());
                latest.put(key, OffsetSpec.latest());
            });
        }
        Map<TopicPartition, ListOffsetsResultInfo> begin =
                calls.get("read offsets", calls.admin().listOffsets(earliest).all());
        Map<TopicPartition, ListOffsetsResultInfo> end =
                calls.get("read offsets", calls.admin().listOffsets(latest).all());
        var records = new HashMap<String, Long>();
        end.forEach((partition, info) -> {
            ListOffsetsResultInfo from = begin.get(partition);
            records.merge(partition.topic(), info.offset() - (from == null ? 0 : from.offset()), Long::sum);
        });
        return records;
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static String value(Config config, String key) {
        var entry = config.get(key);
        return entry == null || entry.value() == null ? "0" : entry.value();
    }
}
