package org.ctstream.sink.store;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.ctstream.schemas.avro.Heatmap;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.schemas.avro.RecordPosition;
import org.ctstream.schemas.avro.ScanClassified;
import org.jspecify.annotations.Nullable;

/** Writes the table {@code result}. A result that is there already stays as it is. */
final class ResultTable {
    private static final List<String> COLUMNS = List.of(
            "result_id",
            "scan_id",
            "study_uid",
            "series_uid",
            "instance_uid",
            "patient_ref",
            "source",
            "priority",
            "source_digest",
            "preprocessing_version",
            "label",
            "probability",
            "threshold",
            "indeterminate_reason",
            "model_name",
            "model_version",
            "model_digest",
            "model_trained",
            "engine",
            "device",
            "worker",
            "heatmap_rows",
            "heatmap_columns",
            "heatmap_values",
            "acquired_at",
            "received_at",
            "normalized_at",
            "classified_at",
            "stored_at",
            "received_topic",
            "received_partition",
            "received_offset",
            "normalized_topic",
            "normalized_partition",
            "normalized_offset",
            "urgency",
            "scan_prefix");

    private static final String INSERT = "INSERT INTO result (" + String.join(", ", COLUMNS) + ") VALUES ("
            + String.join(", ", Collections.nCopies(COLUMNS.size(), "?")) + ") ON CONFLICT DO NOTHING";

    private ResultTable() {}

    /** All in one batch: fast, but the first value the database refuses fails it as a whole. */
    static Inserted insertTogether(Connection connection, List<Classified> results, Instant storedAt)
            throws SQLException {
        var inserted = new Inserted();
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Classified result : results) {
                bind(insert, result.value(), storedAt);
                insert.addBatch();
            }
            int[] rows = results.isEmpty() ? new int[0] : insert.executeBatch();
            for (int i = 0; i < rows.length; i++) {
                inserted.count(results.get(i), rows[i]);
            }
        }
        return inserted;
    }

    /** One by one, so that a value the database refuses costs its own record and no other. */
    static Inserted insertApart(Connection connection, List<Classified> results, Instant storedAt) throws SQLException {
        var inserted = new Inserted();
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Classified result : results) {
                Savepoint before = connection.setSavepoint();
                try {
                    bind(insert, result.value(), storedAt);
                    inserted.count(result, insert.executeUpdate());
                    connection.releaseSavepoint(before);
                } catch (SQLException e) {
                    if (!SqlFailures.isData(e)) {
                        throw e;
                    }
                    connection.rollback(before);
                    inserted.refuse(new Rejected(result.source(), SqlFailures.poison(e)));
                }
            }
        }
        return inserted;
    }

    private static void bind(PreparedStatement insert, ScanClassified value, Instant storedAt) throws SQLException {
        Heatmap heatmap = value.getHeatmap();
        RecordPosition received = value.getReceivedRecord();
        RecordPosition normalized = value.getNormalizedRecord();
        Object[] values = {
            value.getResultId(),
            value.getScanId(),
            value.getStudyUid(),
            value.getSeriesUid(),
            value.getInstanceUid(),
            value.getPatientRef(),
            value.getSource(),
            value.getPriority().name(),
            value.getSourceDigest(),
            value.getPreprocessingVersion(),
            value.getLabel().name(),
            value.getProbability(),
            value.getThreshold(),
            value.getIndeterminateReason(),
            value.getModelName(),
            value.getModelVersion(),
            value.getModelDigest(),
            value.getModelTrained(),
            value.getEngine(),
            value.getDevice(),
            value.getWorker(),
            heatmap == null ? null : heatmap.getRows(),
            heatmap == null ? null : heatmap.getColumns(),
            heatmap == null ? null : bytes(heatmap.getValues()),
            utc(value.getAcquiredAt()),
            utc(value.getReceivedAt()),
            utc(value.getNormalizedAt()),
            utc(value.getClassifiedAt()),
            utc(storedAt),
            received == null ? null : received.getTopic(),
            received == null ? null : received.getPartition(),
            received == null ? null : received.getOffset(),
            normalized == null ? null : normalized.getTopic(),
            normalized == null ? null : normalized.getPartition(),
            normalized == null ? null : normalized.getOffset(),
            value.getPriority() == Priority.STAT ? 1 : 0,
            ScanSearch.prefixOf(value.getScanId())
        };
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                insert.setNull(i + 1, Types.NULL);
            } else {
                insert.setObject(i + 1, values[i]);
            }
        }
    }

    private static byte[] bytes(List<Float> values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.size() * Float.BYTES);
        values.forEach(bytes::putFloat);
        return bytes.array();
    }

    static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
