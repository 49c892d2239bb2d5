package org.ctstream.sink.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ctstream.sink.store.SampleResults.at;
import static org.ctstream.sink.store.SampleResults.partition;
import static org.ctstream.sink.store.SampleResults.record;
import static org.ctstream.sink.store.SampleResults.result;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.assertj.core.util.Throwables;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the store promises on every database. */
abstract class ResultStoreContract {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:01.500Z");
    private static final String MARKER = "name-of-a-patient";
    private static final Map<TopicPartition, Long> NO_ALERTS_OUT = Map.of();

    private Database database = openAndMigrate();
    private ResultStore store = new ResultStore(database, "group", Clock.fixed(NOW, ZoneOffset.UTC));
    private final ResultQueries queries = new ResultQueries(database);

    /** Settings of an empty database. */
    abstract DatabaseSettings settings();

    private Database openAndMigrate() {
        Database opened = Database.open(settings(), new SimpleMeterRegistry());
        opened.migrate();
        return opened;
    }

    @BeforeEach
    void empty() {
        run("DELETE FROM alert");
        run("DELETE FROM embedding");
        run("DELETE FROM result");
        run("DELETE FROM dead_letter");
        run("DELETE FROM consumed_offset");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void everyFieldOfAResultComesBack() {
        ScanClassified positive = result("scan-1", Label.POSITIVE);

        store.store(poll(0, 1, at(0, 0, positive)), NO_ALERTS_OUT);

        assertThat(queries.ofScan("scan-1"))
                .containsExactly(new ResultRow(
                        "scan-1/1.0",
                        "scan-1",
                        "CT-1",
                        "POSITIVE",
                        0.875,
                        0.5,
                        null,
                        "densenet169",
                        "1.0",
                        "cd".repeat(32),
                        true,
                        "pytorch",
                        "cpu",
                        "worker-1",
                        "ROUTINE",
                        "2.25.1",
                        "2.25.2",
                        "2.25.3",
                        positive.getReceivedAt(),
                        positive.getNormalizedAt(),
                        positive.getClassifiedAt(),
                        NOW,
                        null));
        assertThat(number("SELECT COUNT(*) FROM result WHERE patient_ref = 'pseudonym-7' AND heatmap_rows = 1"
                        + " AND heatmap_columns = 2 AND OCTET_LENGTH(heatmap_values) = 8"))
                .isEqualTo(1);
    }

    @Test
    void aResultReadAgainIsCountedAndNotStoredAgain() {
        Poll poll = poll(0, 2, at(0, 0, result("scan-1", Label.NEGATIVE)), at(0, 1, result("scan-2", Label.NEGATIVE)));
        store.store(poll, NO_ALERTS_OUT);

        Stored again = store.store(poll, NO_ALERTS_OUT);

        assertThat(again.added()).isEmpty();
        assertThat(again.redelivered()).isEqualTo(2);
        assertThat(number("SELECT COUNT(*) FROM result")).isEqualTo(2);
        assertThat(number("SELECT SUM(redelivered) FROM consumed_offset")).isEqualTo(2);
    }

    @Test
    void aResultTwiceInOnePollIsStoredOnceWithOneAlert() {
        ScanClassified positive = result("scan-1", Label.POSITIVE);

        Stored stored = store.store(poll(0, 2, at(0, 0, positive), at(0, 1, positive)), NO_ALERTS_OUT);

        assertThat(stored.added()).hasSize(1);
        assertThat(stored.redelivered()).isEqualTo(1);
        assertThat(stored.alerts())
                .extracting(alert -> alert.classified().offset())
                .containsExactly(0L);
    }

    @Test
    void eachModelVersionsResultOfAScanIsKept() {
        store.store(
                poll(
                        0,
                        2,
                        at(0, 0, result("scan-1", "1.0", Label.NEGATIVE)),
                        at(0, 1, result("scan-1", "2.0", Label.POSITIVE))),
                NO_ALERTS_OUT);

        assertThat(queries.ofScan("scan-1")).extracting(ResultRow::modelVersion).containsExactly("2.0", "1.0");
    }

    @Test
    void alertStaysPendingUntilItsOffsetIsCommitted() {
        Poll poll = poll(0, 6, at(0, 5, result("scan-1", Label.POSITIVE)));
        store.store(poll, NO_ALERTS_OUT);

        assertThat(store.settleAlerts(Map.of(partition(0), 5L))).isZero();
        assertThat(store.store(poll, NO_ALERTS_OUT).alerts()).hasSize(1);
        assertThat(store.settleAlerts(Map.of(partition(1), 6L))).isZero();
        assertThat(store.settleAlerts(Map.of(partition(0), 6L))).isEqualTo(1);
        assertThat(store.store(poll, NO_ALERTS_OUT).alerts()).isEmpty();
        assertThat(queries.ofScan("scan-1")).extracting(ResultRow::alertedAt).containsExactly(NOW);
    }

    @Test
    void aCopyOfTheRecordNeverSendsTheAlertOfItsOrigin() {
        ScanClassified positive = result("scan-1", Label.POSITIVE);
        store.store(poll(0, 6, at(0, 5, positive)), NO_ALERTS_OUT);

        Stored copyElsewhere = store.store(poll(1, 1, at(1, 0, positive)), NO_ALERTS_OUT);
        Stored copyLater = store.store(poll(0, 8, at(0, 7, positive)), NO_ALERTS_OUT);

        assertThat(copyElsewhere.alerts()).isEmpty();
        assertThat(copyLater.alerts()).isEmpty();
    }

    @Test
    void aDatabaseThatLostResultsDoesNotRepeatAlertsThatAreOut() {
        Stored stored = store.store(
                poll(0, 9, at(0, 7, result("scan-1", Label.POSITIVE)), at(0, 8, result("scan-2", Label.POSITIVE))),
                Map.of(partition(0), 8L));

        assertThat(stored.added()).hasSize(2);
        assertThat(stored.alerts())
                .extracting(alert -> alert.classified().offset())
                .containsExactly(8L);
    }

    @Test
    void offsetsAreStoredPerGroupTopicAndPartition() {
        store.store(poll(0, 3, at(0, 2, result("scan-1", Label.NEGATIVE))), NO_ALERTS_OUT);
        store.store(poll(1, 9, at(1, 8, result("scan-2", Label.NEGATIVE))), NO_ALERTS_OUT);
        store.store(poll(0, 5, at(0, 4, result("scan-3", Label.NEGATIVE))), NO_ALERTS_OUT);
        var otherGroup = new ResultStore(database, "other", Clock.systemUTC());

        List<TopicPartition> asked = List.of(partition(0), partition(1), partition(2));
        assertThat(store.nextOffsets(asked)).isEqualTo(Map.of(partition(0), 5L, partition(1), 9L));
        assertThat(otherGroup.nextOffsets(asked)).isEmpty();
    }

    @Test
    void aValueTheDatabaseRefusesCostsItsOwnRecordOnly() {
        ScanClassified tooLong = result("scan-2", Label.POSITIVE);
        tooLong.setEngine("e".repeat(65));
        ScanClassified impossible = result("scan-3", Label.NEGATIVE);
        impossible.setProbability(Double.NaN);

        Stored stored = store.store(
                poll(
                        0,
                        4,
                        at(0, 0, result("scan-1", Label.NEGATIVE)),
                        at(0, 1, tooLong),
                        at(0, 2, impossible),
                        at(0, 3, result("scan-4", Label.POSITIVE))),
                NO_ALERTS_OUT);

        assertThat(stored.added())
                .extracting(added -> added.value().getScanId())
                .containsExactly("scan-1", "scan-4");
        assertThat(stored.alerts()).hasSize(1);
        assertThat(stored.rejected())
                .extracting(rejected -> rejected.source().offset())
                .containsExactly(1L, 2L);
        assertThat(stored.rejected()).allSatisfy(rejected -> {
            assertThat(rejected.reason().reason()).isEqualTo("refused_by_database");
            assertThat(rejected.reason()).hasMessageContaining("SQLSTATE 2").hasMessageNotContaining("eeee");
        });
        assertThat(number("SELECT COUNT(*) FROM dead_letter")).isEqualTo(2);
        assertThat(store.nextOffsets(List.of(partition(0)))).containsEntry(partition(0), 4L);
    }

    @Test
    void undecodableRecordsAreCountedOnceHoweverOftenTheyAreRead() {
        var reason = new PoisonRecordException(Stage.DESERIALIZE, "undecodable", "value", "Bad.", "mend it.", null);
        var poll = new Poll(List.of(), List.of(new Rejected(record(0, 3), reason)), Map.of(partition(0), 4L));

        store.store(poll, NO_ALERTS_OUT);
        Stored again = store.store(poll, NO_ALERTS_OUT);

        assertThat(again.rejected()).hasSize(1);
        assertThat(number("SELECT COUNT(*) FROM dead_letter")).isEqualTo(1);
    }

    @Test
    void aDatabaseThatLostResultsDoesNotRepeatDeadLettersThatAreOut() {
        var reason = new PoisonRecordException(Stage.DESERIALIZE, "undecodable", "value", "Bad.", "mend it.", null);
        var poll = new Poll(
                List.of(),
                List.of(new Rejected(record(0, 3), reason), new Rejected(record(0, 4), reason)),
                Map.of(partition(0), 5L));

        Stored stored = store.store(poll, Map.of(partition(0), 4L));

        assertThat(stored.rejected()).extracting(Rejected::offset).containsExactly(4L);
        assertThat(number("SELECT COUNT(*) FROM dead_letter")).isEqualTo(2);
    }

    @Test
    void aFailureWithinTheTransactionLeavesNeitherResultNorOffset() {
        // The table is there for the results and gone for the offsets.
        run("ALTER TABLE consumed_offset RENAME TO hidden_offset");
        try {
            assertThatThrownBy(() -> store.store(poll(0, 1, at(0, 0, result("scan-1", Label.POSITIVE))), NO_ALERTS_OUT))
                    .isInstanceOf(FatalStageException.class);
        } finally {
            run("ALTER TABLE hidden_offset RENAME TO consumed_offset");
        }

        assertThat(number("SELECT COUNT(*) FROM result")).isZero();
        assertThat(number("SELECT COUNT(*) FROM alert")).isZero();
        assertThat(store.nextOffsets(List.of(partition(0)))).isEmpty();
    }

    @Test
    void aDatabaseThatIsAwayIsRetriable() {
        assertThatThrownBy(() -> database.inTransaction("ask", connection -> {
                    throw new SQLTransientConnectionException("gone");
                }))
                .isInstanceOf(RetriableStageException.class)
                .hasMessageContaining("SQLTransientConnectionException")
                .hasStackTraceContaining("aDatabaseThatIsAwayIsRetriable")
                .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain("gone"));
    }

    @Test
    void noValueOfAResultGetsIntoTheFailureOfABatch() {
        ScanClassified marked = result("scan-1", Label.POSITIVE);
        marked.setPatientRef(MARKER);
        run("ALTER TABLE result RENAME COLUMN engine TO hidden_engine");
        try {
            assertThatThrownBy(() -> store.store(poll(0, 1, at(0, 0, marked)), NO_ALERTS_OUT))
                    .isInstanceOf(FatalStageException.class)
                    .hasMessageContaining("SQLSTATE 42")
                    .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain(MARKER));
        } finally {
            run("ALTER TABLE result RENAME COLUMN hidden_engine TO engine");
        }
        assertThatThrownBy(() -> database.inTransaction("write", connection -> tooLong(connection, MARKER)))
                .isInstanceOf(FatalStageException.class)
                .hasMessageContaining("SQLSTATE 22001")
                .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain(MARKER));
    }

    @Test
    void aTimeBeforeTheMiddleAgesIsStoredCountedAndTimed() {
        ScanClassified old = result("scan-1", Label.POSITIVE);
        old.setReceivedAt(Instant.parse("0001-01-01T00:00:00Z"));

        Stored stored = store.store(poll(0, 1, at(0, 0, old)), NO_ALERTS_OUT);

        assertThat(stored.added()).hasSize(1);
        assertThat(stored.alerts()).hasSize(1);
        assertThat(queries.ofScan("scan-1")).extracting(ResultRow::receivedAt).containsExactly(old.getReceivedAt());
        assertThat(new StatsQuery(database, Clock.systemUTC()).count().latencyMs())
                .isNotNull();
    }

    /** A batch of one whose value the database refuses. */
    static int[] tooLong(Connection connection, String value) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO consumed_offset (group_id, topic, partition_id, next_offset, redelivered, updated_at)"
                        + " VALUES (?, 't', 0, 0, 0, CURRENT_TIMESTAMP)")) {
            insert.setString(1, value.repeat(50));
            insert.addBatch();
            return insert.executeBatch();
        }
    }

    @Test
    void pagesFollowOneAnotherWithoutGapOrRepeat() {
        // Several results share each time, so that the order within one time matters too.
        for (int i = 0; i < 23; i++) {
            var later = new ResultStore(database, "group", Clock.fixed(NOW.plusMillis(i / 4), ZoneOffset.UTC));
            Label label = i % 3 == 0 ? Label.POSITIVE : Label.NEGATIVE;
            later.store(poll(0, i + 1, at(0, i, result("scan-" + i, label))), NO_ALERTS_OUT);
        }
        List<String> all = ids(null, 500);

        assertThat(all).hasSize(23).doesNotHaveDuplicates();
        for (int limit : new int[] {1, 2, 5, 22, 23, 24}) {
            assertThat(ids(null, limit)).as("limit %d", limit).isEqualTo(all);
        }
        assertThat(ids(Label.POSITIVE, 3)).hasSize(8).isSubsetOf(all);
    }

    @Test
    void storedScansAreListedOldestFirstFromATimeOnWithoutGapOrRepeat() {
        for (int i = 0; i < 23; i++) {
            var later = new ResultStore(database, "group", Clock.fixed(NOW.plusMillis(i / 4), ZoneOffset.UTC));
            later.store(poll(0, i + 1, at(0, i, result("scan-" + i, Label.NEGATIVE))), NO_ALERTS_OUT);
        }
        Set<String> all = IntStream.range(0, 23).mapToObj(i -> "scan-" + i).collect(Collectors.toSet());

        for (int limit : new int[] {1, 2, 5, 22, 23, 24}) {
            assertThat(storedSince(NOW, limit)).as("limit %d", limit).containsExactlyInAnyOrderElementsOf(all);
        }
        assertThat(storedSince(NOW.plusMillis(1), 3))
                .hasSize(19)
                .doesNotContain("scan-3")
                .contains("scan-4");
        assertThat(storedSince(NOW.plusSeconds(1), 3)).isEmpty();
        assertThat(queries.storedScans().after(new Cursor(NOW, ""), 1).stored())
                .singleElement()
                .satisfies(scan -> {
                    assertThat(scan.modelName()).isEqualTo("densenet169");
                    assertThat(scan.modelVersion()).isEqualTo("1.0");
                    assertThat(scan.resultId()).isEqualTo(scan.scanId() + "/1.0");
                    assertThat(scan.storedAt()).isEqualTo(NOW);
                });
    }

    private List<String> storedSince(Instant since, int limit) {
        var ids = new ArrayList<String>();
        @Nullable Cursor after = new Cursor(since, "");
        while (after != null) {
            StoredScanPage page = queries.storedScans().after(after, limit);
            page.stored().forEach(scan -> ids.add(scan.scanId()));
            after = page.next() == null ? null : Cursor.parse(page.next()).orElseThrow();
        }
        return ids;
    }

    @Test
    void statsCountWhatIsStored() {
        ScanClassified untrained = result("scan-3", "0.1", Label.INDETERMINATE);
        untrained.setModelTrained(false);
        store.store(
                poll(
                        0,
                        4,
                        at(0, 0, result("scan-1", Label.POSITIVE)),
                        at(0, 1, result("scan-2", Label.NEGATIVE)),
                        at(0, 2, untrained),
                        at(0, 3, result("scan-1", "2.0", Label.NEGATIVE))),
                NO_ALERTS_OUT);
        store.settleAlerts(Map.of(partition(0), 4L));

        Stats stats = new StatsQuery(database, Clock.fixed(NOW.plusSeconds(30), ZoneOffset.UTC)).count();

        assertThat(stats.stored()).isEqualTo(4);
        assertThat(stats.scans()).isEqualTo(3);
        assertThat(stats.byLabel()).isEqualTo(Map.of("POSITIVE", 1L, "NEGATIVE", 2L, "INDETERMINATE", 1L));
        assertThat(stats.alerted()).isEqualTo(1);
        assertThat(stats.redelivered()).isZero();
        assertThat(stats.deadLettered()).isZero();
        assertThat(stats.latencyMs()).isEqualTo(new Stats.Latency(1_375, 1_375, 1_375));
        assertThat(stats.oldestStoredAt()).isEqualTo(NOW);
        assertThat(stats.newestStoredAt()).isEqualTo(NOW);
        assertThat(stats.scansPerSecond()).isEqualTo(4 / 60.0);
        assertThat(stats.models())
                .containsExactlyInAnyOrder(
                        new Stats.Model("densenet169", "1.0", true, 2),
                        new Stats.Model("densenet169", "2.0", true, 1),
                        new Stats.Model("densenet169", "0.1", false, 1));
    }

    @Test
    void anEmptyDatabaseHasStatsToo() {
        Stats stats = new StatsQuery(database, Clock.systemUTC()).count();

        assertThat(stats.stored()).isZero();
        assertThat(stats.latencyMs()).isNull();
        assertThat(stats.byLabel()).containsOnlyKeys("POSITIVE", "NEGATIVE", "INDETERMINATE");
    }

    @Test
    void resultsSurviveAReopenedDatabase() {
        store.store(poll(0, 1, at(0, 0, result("scan-1", Label.POSITIVE))), NO_ALERTS_OUT);
        database.close();

        database = openAndMigrate();
        store = new ResultStore(database, "group", Clock.systemUTC());

        assertThat(new ResultQueries(database).ofScan("scan-1")).hasSize(1);
        assertThat(store.nextOffsets(List.of(partition(0)))).containsEntry(partition(0), 1L);
    }

    private List<String> ids(@Nullable Label label, int limit) {
        var ids = new ArrayList<String>();
        Cursor after = null;
        while (true) {
            ResultPage page = queries.list(new ResultFilter(label, null, after, limit));
            page.results().forEach(row -> ids.add(row.resultId()));
            if (page.next() == null) {
                return ids;
            }
            after = Cursor.parse(page.next()).orElseThrow();
        }
    }

    private static Poll poll(int partition, long next, Classified... results) {
        return new Poll(List.of(results), List.of(), Map.of(partition(partition), next));
    }

    private void run(String sql) {
        database.inTransaction("prepare", connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    private long number(String sql) {
        return database.inTransaction("count in", connection -> {
            try (Statement statement = connection.createStatement();
                    var row = statement.executeQuery(sql)) {
                if (!row.next()) {
                    throw new SQLException("no row");
                }
                return row.getLong(1);
            }
        });
    }
}
