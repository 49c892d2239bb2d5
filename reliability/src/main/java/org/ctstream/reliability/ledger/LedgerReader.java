package org.ctstream.reliability.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.ctstream.cli.CliException;
import org.ctstream.cli.connect.CommittedRecords;
import org.ctstream.cli.connect.Connection;
import org.ctstream.reliability.cluster.Platform;
import org.ctstream.reliability.cluster.SinkDatabase;
import org.ctstream.reliability.program.Patience;
import org.ctstream.schemas.avro.ScanAlerted;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.schemas.topic.TopicSpec;

/** Reads the ledger of a platform whose services have ended. */
public final class LedgerReader {
    /** A killed service's transaction ends after 10 s, and the coordinator looks every 10 s. */
    private static final Duration TRANSACTIONS_END = Duration.ofSeconds(60);

    private static final String ROWS = "SELECT r.result_id, r.scan_id, r.model_name, r.model_version, r.model_digest,"
            + " r.label, COUNT(a.result_id), SUM(CASE WHEN a.published THEN 1 ELSE 0 END)"
            + " FROM result r LEFT JOIN alert a ON a.result_id = r.result_id"
            + " GROUP BY r.result_id, r.scan_id, r.model_name, r.model_version, r.model_digest, r.label";

    private LedgerReader() {}

    /** @throws CliException if the database cannot be read */
    public static Ledger read(Platform platform) {
        Connection connection = platform.connection();
        List<String> ours = Topic.allSpecs().stream().map(TopicSpec::name).toList();
        var open = new OpenTransactions(connection, ours);
        Patience.until(TRANSACTIONS_END, () -> open.partitions().isEmpty());
        return new Ledger(
                counts(connection, topics(ScanReceived.class)),
                counts(connection, topics(ScanNormalized.class)),
                counts(connection, topics(ScanClassified.class)),
                counts(connection, topics(ScanAlerted.class)),
                counts(connection, deadLetters()),
                rows(platform.database()),
                open.partitions());
    }

    /** Every topic of such records: a kind of record may have a topic for each lane. */
    private static List<String> topics(Class<? extends SpecificRecord> records) {
        return Arrays.stream(Topic.values())
                .filter(topic -> topic.recordClass().equals(records))
                .map(Topic::topicName)
                .toList();
    }

    private static List<String> deadLetters() {
        return Arrays.stream(Topic.values())
                .map(Topic::deadLetter)
                .flatMap(Optional::stream)
                .map(TopicSpec::name)
                .toList();
    }

    private static Counts counts(Connection connection, List<String> topics) {
        var counts = new Counts();
        CommittedRecords.read(
                connection,
                topics,
                record -> counts.add(record.key() == null ? "(no key)" : new String(record.key(), UTF_8)));
        return counts;
    }

    private static List<StoredRow> rows(SinkDatabase database) {
        var rows = new ArrayList<StoredRow>();
        try (var connection = database.connect();
                var statement = connection.createStatement();
                ResultSet found = statement.executeQuery(ROWS)) {
            while (found.next()) {
                rows.add(new StoredRow(
                        found.getString(1),
                        found.getString(2),
                        found.getString(3) + ":" + found.getString(4) + "@" + found.getString(5),
                        found.getString(6).equals("POSITIVE"),
                        found.getInt(7),
                        found.getInt(7) == found.getInt(8)));
            }
            return rows;
        } catch (SQLException e) {
            throw CliException.failure("Cannot read the sink's database (" + database.text() + "): " + e, e);
        }
    }
}
