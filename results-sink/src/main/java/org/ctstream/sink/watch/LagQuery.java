package org.ctstream.sink.watch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.error.StageException;
import org.ctstream.sink.watch.GroupLag.Partition;
import org.jspecify.annotations.Nullable;

/**
 * Asks the cluster how far the groups of the stream are behind: every group that has a position on a topic of the stream,
 * whatever its name. Offsets of transactions that are not settled do not count.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class LagQuery {
    private static final int MOST_GROUPS = 100;
    private static final Map<String, String> STAGES = Map.of(
            Topic.SCAN_RECEIVED.topicName(), "ingest",
            Topic.SCAN_RECEIVED_STAT.topicName(), "ingest",
            Topic.SCAN_NORMALIZED.topicName(), "inference",
            Topic.SCAN_NORMALIZED_STAT.topicName(), "inference",
            Topic.SCAN_CLASSIFIED.topicName(), "sink");
    private static final List<String> STAGE_ORDER = List.of("ingest", "inference", "sink");

    private final WatchAdmin admin;

    public LagQuery(WatchAdmin admin) {
        this.admin = admin;
    }

    /**
     * Every group on every topic of the stream it reads, in the stream's order.
     *
     * @throws StageException retriable if the cluster does not answer in time
     */
    public List<GroupLag> read() {
        return admin.ask(this::read);
    }

    private List<GroupLag> read(Admin client) throws Exception {
        Map<TopicPartition, Long> ends = ends(client);
        var lags = new ArrayList<GroupLag>();
        List<GroupListing> groups = answer(client.listGroups().all()).stream()
                .sorted(Comparator.comparing(GroupListing::groupId))
                .limit(MOST_GROUPS)
                .toList();
        for (GroupListing group : groups) {
            GroupType type = group.type().orElse(GroupType.UNKNOWN);
            Map<TopicPartition, Position> positions =
                    type == GroupType.SHARE ? shared(client, group.groupId()) : committed(client, group.groupId());
            positions.keySet().stream()
                    .map(TopicPartition::topic)
                    .filter(STAGES::containsKey)
                    .distinct()
                    .forEach(topic -> lags.add(lag(group.groupId(), type, topic, positions, ends)));
        }
        lags.sort(Comparator.comparing((GroupLag lag) -> STAGE_ORDER.indexOf(lag.stage()))
                .thenComparing(GroupLag::topic)
                .thenComparing(GroupLag::group));
        return lags;
    }

    private static GroupLag lag(
            String group,
            GroupType type,
            String topic,
            Map<TopicPartition, Position> positions,
            Map<TopicPartition, Long> ends) {
        var partitions = new ArrayList<Partition>();
        long all = 0;
        for (Map.Entry<TopicPartition, Long> end : ofTopic(ends, topic)) {
            Position position = positions.get(end.getKey());
            long lag = position == null ? end.getValue() : position.lagTo(end.getValue());
            partitions.add(new Partition(
                    end.getKey().partition(), position == null ? null : position.next(), end.getValue(), lag));
            all += lag;
        }
        String lane = Lane.ofTopic(topic).map(Lane::word).orElse(null);
        return new GroupLag(group, type.toString(), STAGES.getOrDefault(topic, ""), lane, topic, all, partitions);
    }

    private static List<Map.Entry<TopicPartition, Long>> ofTopic(Map<TopicPartition, Long> ends, String topic) {
        return ends.entrySet().stream()
                .filter(end -> end.getKey().topic().equals(topic))
                .sorted(Comparator.comparing(end -> end.getKey().partition()))
                .toList();
    }

    private static Map<TopicPartition, Long> ends(Admin client) throws Exception {
        var latest = new HashMap<TopicPartition, OffsetSpec>();
        answer(client.describeTopics(STAGES.keySet()).allTopicNames())
                .forEach((topic, described) -> described
                        .partitions()
                        .forEach(info -> latest.put(new TopicPartition(topic, info.partition()), OffsetSpec.latest())));
        var ends = new HashMap<TopicPartition, Long>();
        answer(client.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all())
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private static Map<TopicPartition, Position> committed(Admin client, String group) throws Exception {
        var positions = new HashMap<TopicPartition, Position>();
        answer(client.listConsumerGroupOffsets(Map.of(group, new ListConsumerGroupOffsetsSpec()))
                        .partitionsToOffsetAndMetadata(group))
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        positions.put(partition, new Position(offset.offset(), Optional.empty()));
                    }
                });
        return positions;
    }

    private static Map<TopicPartition, Position> shared(Admin client, String group) throws Exception {
        var positions = new HashMap<TopicPartition, Position>();
        answer(client.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                        .partitionsToOffsetInfo(group))
                .forEach((partition, info) -> {
                    if (info != null) {
                        positions.put(partition, new Position(info.startOffset(), info.lag()));
                    }
                });
        return positions;
    }

    private static <T> T answer(KafkaFuture<T> future) throws Exception {
        return future.get(WatchAdmin.TIMEOUT_MS, TimeUnit.MILLISECONDS);
    }

    /** @param told the lag as a share group counts it itself, delivered out of order as it may be */
    private record Position(long next, Optional<Long> told) {
        long lagTo(long end) {
            @Nullable Long known = told.orElse(null);
            return known != null && known >= 0 ? known : Math.max(0, end - next);
        }
    }
}
