package org.ctstream.sink.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.service.error.StageException;

/**
 * Writes what was polled: results with their embeddings, pending alerts, that studies have changed, dead letters' places and
 * consumed offsets, in one database transaction each time, so that the database never holds one without the others.
 *
 * <p>Every method throws a {@link StageException}: retriable while the database is away, fatal if it refuses the
 * service as such. One SQL for PostgreSQL and H2.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads; several sinks may share one database.
 */
public final class ResultStore {
    private final Database database;
    private final String group;
    private final Clock clock;

    /** @param group the consumer group whose offsets are kept */
    public ResultStore(Database database, String group, Clock clock) {
        this.database = database;
        this.group = group;
        this.clock = clock;
    }

    /**
     * Stores one poll. A result that is there already stays as it is. A record whose values the database refuses is
     * returned as rejected, and the others are stored.
     *
     * @param publishedBelow per partition, the group's committed offset at assignment: alerts and dead letters of
     *     records below it are out already, and a database that has lost results must not repeat them
     */
    public Stored store(Poll poll, Map<TopicPartition, Long> publishedBelow) {
        // Both databases keep microseconds; the API and the cursors speak of milliseconds.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return database.inTransaction("store results in", connection -> {
            Inserted inserted = insert(connection, poll.classified(), now);
            EmbeddingTable.insert(connection, inserted.added());
            AlertTable.insert(connection, inserted.added(), publishedBelow, now);
            StudyTable.mark(connection, inserted.added(), now);
            List<PendingAlert> alerts = AlertTable.pending(connection, poll.classified());
            List<Rejected> rejected = Stream.concat(poll.rejected().stream(), inserted.refused().stream())
                    .toList();
            DeadLetterTable.insert(connection, rejected, now);
            OffsetTable.upsert(connection, group, poll.nextOffsets(), inserted.existing(), now);
            List<Rejected> unpublished = rejected.stream()
                    .filter(letter -> letter.offset() >= publishedBelow.getOrDefault(letter.partition(), 0L))
                    .toList();
            return new Stored(inserted.added(), inserted.existing(), unpublished, alerts, now);
        });
    }

    /**
     * Marks the alerts as published whose origin lies below these offsets, which the group has committed. An alert
     * goes out in the very transaction that commits the offset of its origin, so the one implies the other.
     *
     * @return how many were not marked before
     */
    public int settleAlerts(Map<TopicPartition, Long> committed) {
        return database.inTransaction(
                "mark alerts as published in", connection -> AlertTable.settle(connection, committed));
    }

    /** Up to where this database holds each partition: the offset of the next record; absent if it holds none. */
    public Map<TopicPartition, Long> nextOffsets(Collection<TopicPartition> partitions) {
        List<TopicPartition> asked = new ArrayList<>(partitions);
        return database.inTransaction("read offsets from", connection -> OffsetTable.select(connection, group, asked));
    }

    private static Inserted insert(Connection connection, List<Classified> results, Instant now) throws SQLException {
        var beforeAll = connection.setSavepoint();
        try {
            return ResultTable.insertTogether(connection, results, now);
        } catch (SQLException e) {
            if (!SqlFailures.isData(e)) {
                throw e;
            }
            connection.rollback(beforeAll);
            return ResultTable.insertApart(connection, results, now);
        }
    }
}
