package org.ctstream.sink.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;

/** Reads and writes the table {@code consumed_offset}. */
final class OffsetTable {
    private static final String INSERT = "INSERT INTO consumed_offset"
            + " (group_id, topic, partition_id, next_offset, redelivered, updated_at)"
            + " VALUES (?, ?, ?, ?, 0, ?) ON CONFLICT DO NOTHING";
    private static final String UPDATE = "UPDATE consumed_offset"
            + " SET next_offset = ?, redelivered = redelivered + ?, updated_at = ?"
            + " WHERE group_id = ? AND topic = ? AND partition_id = ?";
    private static final String SELECT =
            "SELECT next_offset FROM consumed_offset WHERE group_id = ? AND topic = ? AND partition_id = ?";

    private OffsetTable() {}

    /** @param redelivered how many of the poll's results were there already; counted on its first partition */
    static void upsert(
            Connection connection, String group, Map<TopicPartition, Long> nextOffsets, int redelivered, Instant now)
            throws SQLException {
        // Always in the same order, so that two sinks never wait for each other's rows.
        List<TopicPartition> partitions = nextOffsets.keySet().stream()
                .sorted(Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition))
                .toList();
        int uncounted = redelivered;
        for (TopicPartition partition : partitions) {
            long next = Objects.requireNonNull(nextOffsets.get(partition));
            if (update(connection, group, partition, next, uncounted, now) == 0) {
                insert(connection, group, partition, next, now);
                update(connection, group, partition, next, uncounted, now);
            }
            uncounted = 0;
        }
    }

    static Map<TopicPartition, Long> select(Connection connection, String group, Collection<TopicPartition> partitions)
            throws SQLException {
        var offsets = new HashMap<TopicPartition, Long>();
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            for (TopicPartition partition : partitions) {
                select.setString(1, group);
                select.setString(2, partition.topic());
                select.setInt(3, partition.partition());
                try (ResultSet row = select.executeQuery()) {
                    if (row.next()) {
                        offsets.put(partition, row.getLong(1));
                    }
                }
            }
        }
        return offsets;
    }

    private static void insert(Connection connection, String group, TopicPartition partition, long next, Instant now)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, group);
            insert.setString(2, partition.topic());
            insert.setInt(3, partition.partition());
            insert.setLong(4, next);
            insert.setObject(5, ResultTable.utc(now));
            insert.executeUpdate();
        }
    }

    private static int update(
            Connection connection, String group, TopicPartition partition, long next, int redelivered, Instant now)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            update.setLong(1, next);
            update.setInt(2, redelivered);
            update.setObject(3, ResultTable.utc(now));
            update.setString(4, group);
            update.setString(5, partition.topic());
            update.setInt(6, partition.partition());
            return update.executeUpdate();
        }
    }
}
