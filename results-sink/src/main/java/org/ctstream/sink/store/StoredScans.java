package org.ctstream.sink.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists which scans are stored, page by page in the order in which they were stored, for whoever counts them all.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class StoredScans {
    private static final String SELECT = "SELECT scan_id, model_name, model_version, result_id, stored_at FROM result"
            + " WHERE (stored_at, result_id) > (?, ?) ORDER BY stored_at, result_id LIMIT ?";

    private final Database database;

    public StoredScans(Database database) {
        this.database = database;
    }

    /**
     * The page behind that place. A result that a slow transaction commits behind a page already read is not in it: leave
     * the newest seconds out of what you conclude.
     *
     * @param after list what was stored later; an empty result id begins with all that was stored at that time
     * @param limit 1 to {@link StoredScanPage#MAX_LIMIT}
     */
    public StoredScanPage after(Cursor after, int limit) {
        if (limit < 1 || limit > StoredScanPage.MAX_LIMIT) {
            throw new IllegalArgumentException("limit " + limit + " (expected: 1 to " + StoredScanPage.MAX_LIMIT + ")");
        }
        List<StoredScan> scans = database.inTransaction("count stored scans in", connection -> {
            try (PreparedStatement select = connection.prepareStatement(SELECT)) {
                select.setObject(1, ResultTable.utc(after.storedAt()));
                select.setString(2, after.resultId());
                select.setInt(3, limit);
                var rows = new ArrayList<StoredScan>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        rows.add(new StoredScan(
                                row.getString("scan_id"),
                                row.getString("model_name"),
                                row.getString("model_version"),
                                row.getString("result_id"),
                                ResultQueries.time(row, "stored_at")));
                    }
                }
                return rows;
            }
        });
        StoredScan last = scans.isEmpty() ? null : scans.get(scans.size() - 1);
        return new StoredScanPage(
                scans,
                last == null || scans.size() < limit ? null : new Cursor(last.storedAt(), last.resultId()).text());
    }
}
