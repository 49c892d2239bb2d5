package org.ctstream.sink.store;

import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads all there is of one scan's results.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class DetailQueries {
    /** More results of one scan than anybody looks at; models change less often. */
    private static final int MOST = 20;

    private static final String SELECT = "SELECT " + ResultQueries.COLUMNS
            + ", r.source_digest, r.preprocessing_version, r.acquired_at, r.heatmap_rows, r.heatmap_columns,"
            + " r.heatmap_values, r.received_topic, r.received_partition, r.received_offset, r.normalized_topic,"
            + " r.normalized_partition, r.normalized_offset, r.reviewed_as"
            + " FROM result r LEFT JOIN alert a ON a.result_id = r.result_id AND a.published = TRUE"
            + " WHERE r.scan_id = ? ORDER BY r.stored_at DESC, r.result_id DESC LIMIT " + MOST;

    private final Database database;

    public DetailQueries(Database database) {
        this.database = database;
    }

    /** The scan's results, newest first, at most {@value #MOST}; empty if it has none. */
    public List<ResultDetail> ofScan(String scanId) {
        return database.inTransaction("read a scan from", connection -> {
            try (PreparedStatement select = connection.prepareStatement(SELECT)) {
                select.setString(1, scanId);
                var details = new ArrayList<ResultDetail>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        details.add(read(row));
                    }
                }
                return details;
            }
        });
    }

    private static ResultDetail read(ResultSet row) throws SQLException {
        return new ResultDetail(
                ResultQueries.read(row),
                row.getString("source_digest"),
                row.getString("preprocessing_version"),
                ResultQueries.optionalTime(row, "acquired_at"),
                heatmap(row),
                RecordPlace.read(row, "received"),
                RecordPlace.read(row, "normalized"),
                row.getString("reviewed_as"));
    }

    private static ResultDetail.@Nullable Heatmap heatmap(ResultSet row) throws SQLException {
        byte[] bytes = row.getBytes("heatmap_values");
        if (bytes == null) {
            return null;
        }
        var values = new ArrayList<Float>();
        for (ByteBuffer floats = ByteBuffer.wrap(bytes); floats.remaining() >= Float.BYTES; ) {
            values.add(floats.getFloat());
        }
        return new ResultDetail.Heatmap(row.getInt("heatmap_rows"), row.getInt("heatmap_columns"), values);
    }
}
