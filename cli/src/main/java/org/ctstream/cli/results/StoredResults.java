package org.ctstream.cli.results;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.ctstream.cli.CliException;
import org.ctstream.service.error.StageException;
import org.ctstream.sink.store.ResultRow;
import org.ctstream.sink.store.StoredScan;

/**
 * The stored results. Every method throws {@link CliException} or {@link StageException} if they cannot be asked for.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
public sealed interface StoredResults extends AutoCloseable permits SinkResults, DatabaseResults {
    /** Every release's result of one scan, newest first; none if nothing is stored. */
    List<ResultRow> ofScan(String scanId);

    /** Hands over every scan stored at that time or later, in the order of storing. */
    void each(Instant since, Consumer<StoredScan> each);

    /** Where they are, for people; without secrets. */
    String place();

    @Override
    void close();
}
