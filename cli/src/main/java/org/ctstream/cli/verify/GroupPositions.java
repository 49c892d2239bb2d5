package org.ctstream.cli.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<TopicPartition, List<GroupPosition>> positions = new HashMap<>();
    private final List<String> unreadable = new ArrayList<>();

    /**
     * Asks the cluster. To be called before the topics behind the groups are read: what came of a record that a group had
     * passed by then is then among what is read.
     */
    static GroupPositions read(Connection connection) {
        var positions = new GroupPositions();
        try (var calls = new AdminCalls(connection)) {
            for (GroupListing group :
                    calls.get("list groups", calls.admin().listGroups().all())) {
                positions.add(calls.admin(), group.groupId(), group.type().orElse(GroupType.UNKNOWN));
            }
        }
        return positions;
    }

    static GroupPositions of(Map<TopicPartition, List<GroupPosition>> known) {
        var positions = new GroupPositions();
        positions.positions.putAll(known);
        return positions;
    }

    /** Every group that has a position there. */
    List<GroupPosition> on(TopicPartition partition) {
        return positions.getOrDefault(partition, List.of());
    }

    /** Groups that are there and would not tell, with the reason. */
    List<String> unreadable() {
        return List.copyOf(unreadable);
    }

    private void add(Admin admin, String group, GroupType type) {
        try {
            if (type == GroupType.SHARE) {
                admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                        .partitionsToOffsetInfo(group)
                        .get()
                        .forEach((partition, info) -> {
                            if (info != null) {
                                put(partition, share(group, info));
                            }
                        });
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

    private static GroupPosition share(String group, SharePartitionOffsetInfo info) {
        boolean done = info.lag().filter(lag -> lag == 0).isPresent();
        return new GroupPosition(group, true, done ? GroupPosition.EVERYTHING : info.startOffset());
    }

    private void put(TopicPartition partition, GroupPosition position) {
        positions.computeIfAbsent(partition, unseen -> new ArrayList<>()).add(position);
    }
}
