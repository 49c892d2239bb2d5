package org.ctstream.sink.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Writes the outbox's rows, in the transaction that stores the results. */
final class DeliveryTable {
    private static final String ENDPOINTS =
            "SELECT name, suppress_study_minutes FROM alert_endpoint WHERE enabled = TRUE ORDER BY name";
    /** Sinks that store slices of one study at the same time take turns, else neither sees the other's. */
    private static final String ENDPOINTS_IN_TURN = ENDPOINTS + " FOR UPDATE";

    private static final String INSERT = "INSERT INTO alert_delivery"
            + " (alert_id, endpoint, state, study_uid, alerted_at, attempts, next_attempt_at, reason, suppressed_by,"
            + " replays) VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, 0) ON CONFLICT DO NOTHING";
    private static final String SAME_STUDY = "SELECT alert_id FROM alert_delivery"
            + " WHERE endpoint = ? AND study_uid = ? AND alerted_at > ? AND state IN ('PENDING', 'DELIVERED')"
            + " ORDER BY alerted_at, sequence LIMIT 1";

    private DeliveryTable() {}

    /** One row for each of these new positives and each endpoint; parameters as {@link AlertTable#insert}. */
    static void insert(
            Connection connection,
            List<Classified> positives,
            Map<TopicPartition, Long> publishedBelow,
            Instant alertedAt)
            throws SQLException {
        List<Endpoint> endpoints = endpoints(connection, ENDPOINTS);
        if (endpoints.stream().anyMatch(Endpoint::suppresses)) {
            endpoints = endpoints(connection, ENDPOINTS_IN_TURN);
        }
        if (endpoints.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Endpoint endpoint : endpoints) {
                var ofStudies = new HashMap<String, String>();
                for (Classified positive : positives) {
                    boolean known = positive.offset() < publishedBelow.getOrDefault(positive.partition(), 0L);
                    String before = known ? null : sameStudy(connection, endpoint, positive, ofStudies, alertedAt);
                    bind(insert, endpoint, positive, alertedAt, known, before);
                }
            }
            insert.executeBatch();
        }
    }

    private static void bind(
            PreparedStatement insert,
            Endpoint endpoint,
            Classified positive,
            Instant alertedAt,
            boolean known,
            @Nullable String before)
            throws SQLException {
        SuppressReason reason = known ? SuppressReason.STORED_AGAIN : before != null ? SuppressReason.SAME_STUDY : null;
        insert.setString(1, positive.value().getResultId());
        insert.setString(2, endpoint.name());
        insert.setString(3, (reason == null ? DeliveryState.PENDING : DeliveryState.SUPPRESSED).name());
        insert.setString(4, positive.value().getStudyUid());
        insert.setObject(5, ResultTable.utc(alertedAt));
        insert.setObject(6, ResultTable.utc(alertedAt));
        insert.setString(7, reason == null ? null : reason.word());
        insert.setString(8, before);
        insert.addBatch();
    }

    /**
     * The alert of the same study that the endpoint got within its minutes; null if there is none.
     *
     * @param ofStudies those of this poll, which the database does not have yet; this one joins them
     */
    private static @Nullable String sameStudy(
            Connection connection,
            Endpoint endpoint,
            Classified positive,
            Map<String, String> ofStudies,
            Instant alertedAt)
            throws SQLException {
        String study = positive.value().getStudyUid();
        if (study == null || !endpoint.suppresses()) {
            return null;
        }
        String inThisPoll = ofStudies.get(study);
        if (inThisPoll != null) {
            return inThisPoll;
        }
        try (PreparedStatement select = connection.prepareStatement(SAME_STUDY)) {
            select.setString(1, endpoint.name());
            select.setString(2, study);
            select.setObject(3, ResultTable.utc(alertedAt.minusSeconds(60L * endpoint.suppressStudyMinutes())));
            try (ResultSet row = select.executeQuery()) {
                String before = row.next() ? row.getString(1) : null;
                ofStudies.put(study, before == null ? positive.value().getResultId() : before);
                return before;
            }
        }
    }

    private static List<Endpoint> endpoints(Connection connection, String sql) throws SQLException {
        var endpoints = new ArrayList<Endpoint>();
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                endpoints.add(new Endpoint(row.getString(1), row.getInt(2)));
            }
        }
        return endpoints;
    }

    private record Endpoint(String name, int suppressStudyMinutes) {
        boolean suppresses() {
            return suppressStudyMinutes > 0;
        }
    }
}
