package org.ctstream.cli.verify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.cli.connect.AdminCalls;
import org.ctstream.cli.connect.Connection;

/** How far every group of the cluster had got at one moment: consumer, share and Streams groups. */
final class GroupPositions {
    private static final int ATTEMPTS = 5;
    private static final long PAUSE_MS = 500;

    private final Map<TopicPartition, List<GroupPosition>> positions = new HashMap<>();
    private final List<String> unreadable = new ArrayList<>();

    /**
     * Asks the cluster. To be called before the topics behind the groups are read: what came of a record that a group had
     * passed by then is then among what is read.
     *
     * @param topics those whose positions are wanted of share groups; those not there are left out
     */
    static GroupPositions read(Connection connection, Collection<String> topics) {
        var positions = new GroupPositions();
        try (var calls = new AdminCalls(connection)) {
            Set<TopicPartition> partitions = partitions(calls, topics);
            for (GroupListing group :
                    calls.get("list groups", calls.admin().listGroups().all())) {
                positions.add(calls.admin(), group.groupId(), group.type().orElse(GroupType.UNKNOWN), partitions);
            }
        }
        return positions;
    }

    static GroupPositions of(Map<TopicPartition, List<GroupPosition>> known, String... unreadable) {
        var positions = new GroupPositions();
        positions.positions.putAll(known);
        positions.unreadable.addAll(List.of(unreadable));
        return positions;
    }

    /** Every group that has a position there. */
    List<GroupPosition> on(TopicPartition partition) {
        return positions.getOrDefault(partition, List.of());
    }

    /** How things stand with a record of which nothing came. */
    Whereabouts of(TopicPartition partition, long offset) {
        List<GroupPosition> groups = on(partition);
        if (groups.stream().anyMatch(group -> group.isPast(offset))) {
            return Whereabouts.PASSED;
        }
        if (!unreadable.isEmpty()) {
            return Whereabouts.UNKNOWN;
        }
        return groups.isEmpty() ? Whereabouts.UNREAD : Whereabouts.WAITING;
    }

    /** Groups that are there and would not tell, with the reason. */
    List<String> unreadable() {
        return List.copyOf(unreadable);
    }

    private void add(Admin admin, String group, GroupType type, Set<TopicPartition> partitions) {
        try {
            if (type == GroupType.SHARE) {
                addShareGroup(admin, group, partitions);
            } else {
                admin.listConsumerGroupOffsets(Map.of(group, new ListConsumerGroupOffsetsSpec()))
                        .partitionsToOffsetAndMetadata(group)
                        .get()
                        .forEach((partition, committed) -> {
                            if (committed != null) {
                                put(partition, new GroupPosition(group, false, committed.offset()));
                            }
                        });
            }
        } catch (ExecutionException e) {
            // A group may be gone again, or not ours to see; the count stands without it.
            unreadable.add(group + ": " + (e.getCause() == null ? e : e.getCause()).getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            unreadable.add(group + ": interrupted");
        }
    }

    /**
     * Kafka's client leaves out of its answer, with a line in its log alone, the partitions whose state a broker failed
     * to read, which passes; so they are asked for by name, and once more.
     */
    private void addShareGroup(Admin admin, String group, Set<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        var untold = new HashSet<>(partitions);
        for (int i = 0; i < ATTEMPTS && !untold.isEmpty(); i++) {
            if (i > 0) {
                Thread.sleep(PAUSE_MS);
            }
            var spec = new ListShareGroupOffsetsSpec().topicPartitions(untold);
            admin.listShareGroupOffsets(Map.of(group, spec))
                    .partitionsToOffsetInfo(group)
                    .get()
                    .forEach((partition, info) -> {
                        untold.remove(partition);
                        // None: the group has never read there.
                        if (info != null) {
                            put(partition, share(group, info));
                        }
                    });
        }
        if (!untold.isEmpty()) {
            unreadable.add(group + ": the brokers do not tell about " + untold);
        }
    }

    private static Set<TopicPartition> partitions(AdminCalls calls, Collection<String> topics) {
        Set<String> there = calls.get("list topics", calls.admin().listTopics().names());
        List<String> known = topics.stream().filter(there::contains).toList();
        var partitions = new HashSet<TopicPartition>();
        calls.get("describe topics", calls.admin().describeTopics(known).allTopicNames())
                .forEach((topic, description) -> description
                        .partitions()
                        .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition()))));
        return partitions;
    }

    private static GroupPosition share(String group, SharePartitionOffsetInfo info) {
        boolean done = info.lag().filter(lag -> lag == 0).isPresent();
        return new GroupPosition(group, true, done ? GroupPosition.EVERYTHING : info.startOffset());
    }

    private void put(TopicPartition partition, GroupPosition position) {
        positions.computeIfAbsent(partition, unseen -> new ArrayList<>()).add(position);
    }
}
