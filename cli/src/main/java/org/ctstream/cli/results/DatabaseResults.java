package org.ctstream.cli.results;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.ctstream.sink.store.Cursor;
import org.ctstream.sink.store.Database;
import org.ctstream.sink.store.DatabaseSettings;
import org.ctstream.sink.store.ResultQueries;
import org.ctstream.sink.store.ResultRow;
import org.ctstream.sink.store.StoredScan;
import org.ctstream.sink.store.StoredScanPage;
import org.jspecify.annotations.Nullable;

/** In the sink's database itself, by JDBC; nothing is written. */
final class DatabaseResults implements StoredResults {
    private final Database database;
    private final ResultQueries queries;
    private final String place;

    /** @param timeout longest wait for a connection or an answer */
    DatabaseResults(String url, String user, String password, Duration timeout) {
        // H2 would make an empty database of a misspelt path.
        String existing = url.startsWith("jdbc:h2:") ? url + ";IFEXISTS=TRUE" : url;
        var settings = new DatabaseSettings(existing, user, password, 1, timeout);
        this.database = Database.open(settings, new SimpleMeterRegistry());
        this.queries = new ResultQueries(database);
        this.place = settings.place();
    }

    @Override
    public List<ResultRow> ofScan(String scanId) {
        return scanId.indexOf('\0') < 0 ? queries.ofScan(scanId) : List.of();
    }

    @Override
    public void each(Instant since, Consumer<StoredScan> each) {
        @Nullable Cursor after = new Cursor(since, "");
        while (after != null) {
            StoredScanPage page = queries.storedScans().after(after, StoredScanPage.MAX_LIMIT);
            page.stored().forEach(each);
            after = page.next() == null ? null : Cursor.parse(page.next()).orElseThrow();
        }
    }

    @Override
    public String place() {
        return "the database " + place;
    }

    @Override
    public void close() {
        database.close();
    }
}
