package org.ctstream.sink.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the worklist: STAT scans nobody has reviewed first, then everything else, each part newest first.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class WorklistQueries {
    /** The inner part is answered from an index alone; what is shown is read for the rows of one page. */
    private static final String SELECT = "SELECT " + ResultQueries.COLUMNS + ", r.urgency, r.reviewed_as FROM"
            + " (SELECT result_id FROM result WHERE %s ORDER BY %s LIMIT ?) page"
            + " JOIN result r ON r.result_id = page.result_id"
            + " LEFT JOIN alert a ON a.result_id = r.result_id AND a.published = TRUE"
            + " ORDER BY r.stored_at DESC, r.result_id DESC";

    private static final String CHOICES = "SELECT DISTINCT %1$s FROM result ORDER BY %1$s LIMIT " + Choices.MOST;

    private final Database database;

    public WorklistQueries(Database database) {
        this.database = database;
    }

    /** One page. */
    public WorklistPage list(WorklistFilter filter) {
        int wanted = filter.limit() + 1; // One more than asked for tells whether there is a next page.
        WorklistCursor after = filter.after();
        List<WorklistRow> rows = database.inTransaction("read the worklist from", connection -> {
            var found = new ArrayList<WorklistRow>();
            for (int urgency = after == null ? 1 : after.urgency(); urgency >= 0 && found.size() < wanted; urgency--) {
                Cursor place = after != null && after.urgency() == urgency ? after.place() : null;
                found.addAll(part(connection, filter, urgency, place, wanted - found.size()));
            }
            return found;
        });
        if (rows.size() < wanted) {
            return new WorklistPage(rows, null);
        }
        WorklistRow last = rows.get(filter.limit() - 1);
        var place = new Cursor(last.result().storedAt(), last.result().resultId());
        return new WorklistPage(
                rows.subList(0, filter.limit()), new WorklistCursor(last.urgent() ? 1 : 0, place).text());
    }

    /** What the filters can be set to. */
    public Choices choices() {
        return database.inTransaction("read the worklist's choices from", connection -> {
            var models = new ArrayList<Choices.Model>();
            try (PreparedStatement select =
                            connection.prepareStatement(CHOICES.formatted("model_name, model_version"));
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    models.add(new Choices.Model(row.getString(1), row.getString(2)));
                }
            }
            var sources = new ArrayList<String>();
            try (PreparedStatement select = connection.prepareStatement(CHOICES.formatted("source"));
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    sources.add(row.getString(1));
                }
            }
            return new Choices(sources, models);
        });
    }

    private static List<WorklistRow> part(
            Connection connection, WorklistFilter filter, int urgency, @Nullable Cursor place, int limit)
            throws SQLException {
        Conditions conditions = conditions(filter, urgency, place);
        List<Object> values = conditions.values();
        try (PreparedStatement select =
                connection.prepareStatement(SELECT.formatted(conditions.sql(), order(filter)))) {
            for (int i = 0; i < values.size(); i++) {
                select.setObject(i + 1, values.get(i));
            }
            select.setInt(values.size() + 1, limit);
            var rows = new ArrayList<WorklistRow>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(new WorklistRow(
                            ResultQueries.read(row), row.getInt("urgency") == 1, row.getString("reviewed_as")));
                }
            }
            return rows;
        }
    }

    /** Columns that are one value anyway come first: H2 takes the rows as an index has them only if both begin alike. */
    private static String order(WorklistFilter filter) {
        String behind = "urgency DESC, stored_at DESC, result_id DESC";
        if (filter.search() != null) {
            return "scan_prefix DESC, " + behind;
        }
        if (filter.source() != null) {
            return "source DESC, " + behind;
        }
        return filter.label() == null ? behind : "label DESC, " + behind;
    }

    private static Conditions conditions(WorklistFilter filter, int urgency, @Nullable Cursor place) {
        var conditions = new Conditions().with("urgency = ?", urgency);
        conditions.withUnlessNull(
                "label = ?", filter.label() == null ? null : filter.label().name());
        conditions.withUnlessNull("probability >= ?", filter.least());
        conditions.withUnlessNull("probability <= ?", filter.most());
        conditions.withUnlessNull("source = ?", filter.source());
        conditions.withUnlessNull("model_name = ?", filter.modelName());
        conditions.withUnlessNull("model_version = ?", filter.modelVersion());
        conditions.withUnlessNull("stored_at >= ?", ResultTable.utc(filter.from()));
        conditions.withUnlessNull("stored_at < ?", ResultTable.utc(filter.until()));
        if (!filter.reviewed().condition().isEmpty()) {
            conditions.with(filter.reviewed().condition());
        }
        ScanSearch search = filter.search();
        if (search != null) {
            conditions.with("scan_prefix = ?", search.prefix());
            conditions.with("LOWER(SUBSTRING(scan_id, 1, ?)) = ?", search.text().length(), search.text());
        }
        if (place != null) {
            // Not as one comparison of rows: H2 would not use the index for it.
            conditions.with("stored_at <= ?", ResultTable.utc(place.storedAt()));
            conditions.with("(stored_at < ? OR result_id < ?)", ResultTable.utc(place.storedAt()), place.resultId());
        }
        return conditions;
    }
}
