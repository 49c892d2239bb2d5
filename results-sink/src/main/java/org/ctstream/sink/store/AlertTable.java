package org.ctstream.sink.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** Reads and writes the table {@code alert}. */
final class AlertTable {
    private static final String INSERT = "INSERT INTO alert"
            + " (result_id, origin_topic, origin_partition, origin_offset, alerted_at, published)"
            + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String PENDING = "SELECT result_id, origin_offset, alerted_at FROM alert"
            + " WHERE published = FALSE AND origin_topic = ? AND origin_partition = ?"
            + " AND origin_offset >= ? AND origin_offset <= ?";
    private static final String SETTLE = "UPDATE alert SET published = TRUE"
            + " WHERE published = FALSE AND origin_topic = ? AND origin_partition = ? AND origin_offset < ?";

    private AlertTable() {}

    /**
     * One row for each positive among newly stored results, and its deliveries.
     *
     * @param publishedBelow per partition, the offset below which alerts are known to be on the topic
     */
    static void insert(
            Connection connection, List<Classified> added, Map<TopicPartition, Long> publishedBelow, Instant alertedAt)
            throws SQLException {
        List<Classified> positives =
                added.stream().filter(Classified::isPositive).toList();
        if (positives.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Classified positive : positives) {
                insert.setString(1, positive.value().getResultId());
                insert.setString(2, positive.source().topic());
                insert.setInt(3, positive.source().partition());
                insert.setLong(4, positive.offset());
                insert.setObject(5, ResultTable.utc(alertedAt));
                insert.setBoolean(6, positive.offset() < publishedBelow.getOrDefault(positive.partition(), 0L));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        DeliveryTable.insert(connection, positives, publishedBelow, alertedAt);
    }

    /** The alerts whose origin is among these records and that are not out yet. */
    static List<PendingAlert> pending(Connection connection, List<Classified> results) throws SQLException {
        Map<TopicPartition, TreeMap<Long, Classified>> positives = results.stream()
                .filter(Classified::isPositive)
                .collect(Collectors.groupingBy(
                        Classified::partition,
                        Collectors.toMap(Classified::offset, result -> result, (a, b) -> a, TreeMap::new)));
        var pending = new ArrayList<PendingAlert>();
        for (Map.Entry<TopicPartition, TreeMap<Long, Classified>> entry : positives.entrySet()) {
            collectPending(connection, entry.getKey(), entry.getValue(), pending);
        }
        return pending;
    }

    private static void collectPending(
            Connection connection,
            TopicPartition partition,
            SortedMap<Long, Classified> positives,
            List<PendingAlert> pending)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(PENDING)) {
            select.setString(1, partition.topic());
            select.setInt(2, partition.partition());
            select.setLong(3, positives.firstKey());
            select.setLong(4, positives.lastKey());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Classified origin = positives.get(rows.getLong("origin_offset"));
                    if (origin != null && origin.value().getResultId().equals(rows.getString("result_id"))) {
                        pending.add(new PendingAlert(
                                origin,
                                rows.getObject("alerted_at", OffsetDateTime.class)
                                        .toInstant()));
                    }
                }
            }
        }
    }

    /** Marks every alert with an origin below the group's committed offset as published. */
    static int settle(Connection connection, Map<TopicPartition, Long> committed) throws SQLException {
        int settled = 0;
        try (PreparedStatement update = connection.prepareStatement(SETTLE)) {
            for (Map.Entry<TopicPartition, Long> entry : committed.entrySet()) {
                update.setString(1, entry.getKey().topic());
                update.setInt(2, entry.getKey().partition());
                update.setLong(3, entry.getValue());
                settled += update.executeUpdate();
            }
        }
        return settled;
    }
}
