package org.ctstream.sink.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ctstream.sink.store.SampleResults.at;
import static org.ctstream.sink.store.SampleResults.partition;
import static org.ctstream.sink.store.SampleResults.result;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.schemas.avro.RecordPosition;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the review page's questions promise on every database. */
abstract class PageStoreContract {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:01.500Z");
    private static final RecordPlace LABELED = new RecordPlace("ct.scan.labeled", 2, 42);

    private final Database database = openAndMigrate();
    private final WorklistQueries worklist = new WorklistQueries(database);
    private final ReviewStore reviews = new ReviewStore(database, Clock.fixed(NOW, ZoneOffset.UTC));
    private final EmbeddingQueries embeddings = new EmbeddingQueries(database);
    private long offset;

    /** Settings of an empty database. */
    abstract DatabaseSettings settings();

    private Database openAndMigrate() {
        Database opened = Database.open(settings(), new SimpleMeterRegistry());
        opened.migrate();
        return opened;
    }

    @BeforeEach
    void empty() {
        for (String table : List.of("review", "alert", "embedding", "result")) {
            database.inTransaction("empty", connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.executeUpdate("DELETE FROM " + table);
                }
            });
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void statScansComeFirstAndThenTheNewest() {
        store(0, routine("a"));
        store(1, stat("b"));
        store(2, routine("c"));
        store(3, stat("d"));

        assertThat(ids(worklist.list(WorklistFilter.all(10)))).containsExactly("d", "b", "c", "a");
    }

    @Test
    void pagesGoThroughEverythingOnceAlsoWhereTimesAreEqualAndNewResultsCome() {
        for (int i = 0; i < 23; i++) {
            store(i / 5, i % 4 == 0 ? stat("scan-" + i) : routine("scan-" + i));
        }
        var seen = new ArrayList<String>();
        WorklistPage page = worklist.list(WorklistFilter.all(4));
        seen.addAll(ids(page));
        store(100, stat("late"));
        while (page.next() != null) {
            page = worklist.list(after(page.next(), 4));
            seen.addAll(ids(page));
        }

        assertThat(seen).hasSize(23).doesNotHaveDuplicates().doesNotContain("late");
        assertThat(seen.subList(0, 6)).allMatch(id -> Integer.parseInt(id.substring(5)) % 4 == 0);
    }

    @Test
    void everyFilterNarrowsTheList() {
        store(0, routine("one"));
        ScanClassified other = routine("two");
        other.setLabel(Label.NEGATIVE);
        other.setProbability(0.25);
        other.setSource("CT-2");
        other.setModelVersion("2.0");
        store(60, other);

        assertThat(list("label", Label.NEGATIVE)).containsExactly("two");
        assertThat(list("least", 0.5)).containsExactly("one");
        assertThat(list("most", 0.25)).containsExactly("two");
        assertThat(list("source", "CT-2")).containsExactly("two");
        assertThat(list("version", "1.0")).containsExactly("one");
        assertThat(list("from", NOW.plusSeconds(30))).containsExactly("two");
        assertThat(list("until", NOW.plusSeconds(60))).containsExactly("one");
        assertThat(list("reviewed", ReviewFilter.DONE)).isEmpty();
        assertThat(list("reviewed", ReviewFilter.OPEN)).containsExactly("two", "one");
    }

    @Test
    void scanIsFoundByTheBeginningOfItsIdInEitherCase() {
        store(0, routine("ABCDEFGH-1111"));
        store(1, routine("abcdefgh-1122"));
        store(2, routine("abcd"));

        assertThat(list("scan", new ScanSearch("abcdefgh-11"))).containsExactly("abcdefgh-1122", "ABCDEFGH-1111");
        assertThat(list("scan", new ScanSearch(" ABCDEFGH-1111 "))).containsExactly("ABCDEFGH-1111");
        assertThat(list("scan", new ScanSearch("abcd")))
                .as("too short for a beginning")
                .containsExactly("abcd");
        assertThat(list("scan", new ScanSearch("abcdefgh-%"))).isEmpty();
    }

    @Test
    void choicesAreWhatIsStored() {
        store(0, routine("one"));

        assertThat(worklist.choices())
                .isEqualTo(new Choices(List.of("CT-1"), List.of(new Choices.Model("densenet169", "1.0"))));
    }

    @Test
    void detailSaysWhereTheRecordsStandAndWhatTheNetworkSaw() {
        ScanClassified said = result("said", Label.POSITIVE);
        said.setReceivedRecord(new RecordPosition("ct.scan.received", 3, 7L));
        said.setNormalizedRecord(new RecordPosition("ct.scan.normalized", 4, 8L));
        store(0, said);
        store(1, result("silent", Label.NEGATIVE));

        ResultDetail detail = new DetailQueries(database).ofScan("said").get(0);
        assertThat(detail.received()).isEqualTo(new RecordPlace("ct.scan.received", 3, 7));
        assertThat(detail.normalized()).isEqualTo(new RecordPlace("ct.scan.normalized", 4, 8));
        assertThat(detail.heatmap()).isEqualTo(new ResultDetail.Heatmap(1, 2, List.of(0.25f, 1f)));
        ResultDetail silent = new DetailQueries(database).ofScan("silent").get(0);
        assertThat(silent.received()).isNull();
        assertThat(silent.heatmap()).isNull();
    }

    @Test
    void reviewIsPendingUntilItsLabelIsOnTheTopicAndOnlyThenMarksTheResult() {
        store(0, stat("scan"));
        Review kept = reviews.keep(review("scan", "review-0000000001")).orElseThrow();

        assertThat(kept.state()).isEqualTo(ReviewState.PENDING);
        assertThat(reviews.pendingScans(10)).containsExactly("scan");
        assertThat(list("reviewed", ReviewFilter.DONE)).isEmpty();
        assertThat(worklist.list(WorklistFilter.all(1)).rows().get(0).urgent()).isTrue();

        assertThat(reviews.settleNext("scan", (review, place) -> new Settlement.Published(LABELED)))
                .isTrue();

        assertThat(reviews.ofScan("scan")).singleElement().satisfies(review -> {
            assertThat(review.state()).isEqualTo(ReviewState.PUBLISHED);
            assertThat(review.place()).isEqualTo(LABELED);
            assertThat(review.note()).isEqualTo("clear");
        });
        assertThat(list("reviewed", ReviewFilter.DONE)).containsExactly("scan");
        assertThat(worklist.list(WorklistFilter.all(1)).rows().get(0).urgent()).isFalse();
        assertThat(reviews.settleNext("scan", (review, place) -> new Settlement.Published(LABELED)))
                .isFalse();
    }

    @Test
    void reviewsOfAScanAreSettledInTheirOrderAndAFailureLeavesTheRestPending() {
        store(0, routine("scan"));
        reviews.keep(review("scan", "review-0000000001"));
        reviews.keep(review("scan", "review-0000000002"));
        var order = new ArrayList<String>();

        assertThatThrownBy(() -> reviews.settleNext("scan", (review, place) -> {
                    throw new RetriableStageException(Stage.STORE, "Kafka is away", null);
                }))
                .isInstanceOf(RetriableStageException.class);
        boolean more = true;
        while (more) {
            more = reviews.settleNext("scan", (review, place) -> {
                order.add(review.reviewId());
                return new Settlement.Refused("retention over");
            });
        }

        assertThat(order).containsExactly("review-0000000001", "review-0000000002");
        assertThat(reviews.ofScan("scan"))
                .allSatisfy(review -> assertThat(review.stateReason()).isEqualTo("retention over"));
        assertThat(list("reviewed", ReviewFilter.DONE))
                .as("refused is not done")
                .isEmpty();
    }

    @Test
    void sameReviewSentAgainIsKeptOnceAndOneOfAnUnknownResultNotAtAll() {
        store(0, routine("scan"));

        Review first = reviews.keep(review("scan", "review-0000000001")).orElseThrow();
        Review again = reviews.keep(review("scan", "review-0000000001")).orElseThrow();

        assertThat(again).isEqualTo(first);
        assertThat(reviews.ofScan("scan")).hasSize(1);
        assertThat(reviews.keep(review("nowhere", "review-0000000002"))).isEmpty();
    }

    @Test
    void confirmedCasesAreTheScansLastReviewedAsPositiveOrNegativeThatHaveAnEmbeddingOfThoseWeights() {
        for (String scanId : List.of("confirmed", "unsure", "changed", "pending", "refused", "other")) {
            ScanClassified result = embedded(scanId, new byte[] {1, 2});
            if (scanId.equals("other")) {
                result.setModelDigest("ef".repeat(32));
            }
            store(0, result);
        }
        store(0, routine("bare"));
        publish("confirmed", Label.POSITIVE);
        publish("unsure", Label.POSITIVE);
        publish("unsure", Label.INDETERMINATE);
        publish("changed", Label.POSITIVE);
        publish("changed", Label.NEGATIVE);
        publish("other", Label.POSITIVE);
        publish("bare", Label.POSITIVE);
        reviews.keep(review("refused", "review-of-refused"));
        reviews.settleNext("refused", (review, place) -> new Settlement.Refused("retention over"));
        reviews.keep(review("pending", "review-of-pending"));

        List<ConfirmedCase> cases = embeddings.confirmed("cd".repeat(32), 10);

        assertThat(cases)
                .extracting(found -> found.origin().scanId() + " " + found.label())
                .containsExactly("changed NEGATIVE", "confirmed POSITIVE");
        assertThat(cases.get(1))
                .isEqualTo(new ConfirmedCase(
                        "confirmed/1.0",
                        new ScanOrigin("confirmed", "2.25.1", "pseudonym-7", "ab".repeat(32)),
                        "POSITIVE",
                        "POSITIVE",
                        0.875,
                        NOW.truncatedTo(ChronoUnit.MILLIS)));
        assertThat(embeddings.confirmed("cd".repeat(32), 1)).hasSize(1);
        assertThat(embeddings.confirmed("ef".repeat(32), 10)).hasSize(1);
    }

    @Test
    void embeddingIsReadAsItWasWrittenAndTheNewestResultCounts() {
        store(0, embedded("scan", new byte[] {127, 0}));
        ScanClassified newer = result("scan", "2.0", Label.POSITIVE);
        newer.setEmbedding(ByteBuffer.wrap(new byte[] {9, 0, -127, 9}, 1, 2));
        store(1, newer);
        store(2, routine("bare"));

        EmbeddedResult newest = embeddings.newestOf("scan").orElseThrow();
        var stored = embeddings.ofResults(List.of("scan/1.0", "scan/2.0", "bare/1.0", "nowhere"));

        assertThat(newest.resultId()).isEqualTo("scan/2.0");
        assertThat(stored).containsOnlyKeys("scan/1.0", "scan/2.0");
        assertThat(Objects.requireNonNull(newest.embedding()).similarity(new StoredEmbedding(new byte[] {0, -1})))
                .isEqualTo(1);
        assertThat(newest.embedding().similarity(Objects.requireNonNull(stored.get("scan/1.0"))))
                .isZero();
        assertThat(embeddings.newestOf("bare").orElseThrow().embedding()).isNull();
        assertThat(embeddings.newestOf("nowhere")).isEmpty();
        assertThat(embeddings.ofResults(List.of())).isEmpty();
    }

    @Test
    void resultWhoseEmbeddingIsEmptyOrTooLongIsStoredWithoutIt() {
        store(0, embedded("long", new byte[Classified.LONGEST_EMBEDDING + 1]));
        store(0, embedded("empty", new byte[0]));
        store(0, embedded("longest", new byte[Classified.LONGEST_EMBEDDING]));

        assertThat(embeddings.ofResults(List.of("long/1.0", "empty/1.0", "longest/1.0")))
                .containsOnlyKeys("longest/1.0");
        assertThat(ids(worklist.list(WorklistFilter.all(9)))).hasSize(3);
    }

    @Test
    void newestResultsOfASourceAreThoseOfItsWindowInBothPriorities() {
        store(-7_200, routine("long-ago"));
        store(-120, stat("urgent"));
        store(-60, routine("one"));
        store(-30, result("two", Label.INDETERMINATE));
        ScanClassified elsewhere = routine("elsewhere");
        elsewhere.setSource("CT-2");
        store(-10, elsewhere);
        store(0, routine("three"));
        var drift = new DriftQueries(database);

        assertThat(drift.sources(NOW.minusSeconds(3_600))).containsExactly("CT-1", "CT-2");
        assertThat(drift.sources(NOW.plusSeconds(1))).isEmpty();
        List<ScoredResult> newest = drift.newest("CT-1", NOW.minusSeconds(3_600), NOW, 10);
        assertThat(newest)
                .extracting(ScoredResult::label)
                .containsExactly(Label.INDETERMINATE, Label.POSITIVE, Label.POSITIVE);
        assertThat(newest.get(2).storedAt()).isEqualTo(NOW.minusSeconds(120));
        assertThat(newest.get(1))
                .isEqualTo(new ScoredResult(
                        "densenet169", "1.0", "cd".repeat(32), Label.POSITIVE, 0.875, NOW.minusSeconds(60)));
        assertThat(drift.newest("CT-1", NOW.minusSeconds(3_600), NOW, 2)).isEqualTo(newest.subList(0, 2));
        assertThat(drift.newest("CT-3", NOW.minusSeconds(3_600), NOW, 2)).isEmpty();
    }

    @Test
    void systemFiguresAreThoseOfTheNewestResults() {
        store(-60, routine("one"));
        store(0, routine("two"));

        StreamStats stats = new SystemQueries(database, Clock.fixed(NOW, ZoneOffset.UTC)).stats();

        assertThat(stats.minutes()).hasSize(SystemQueries.MINUTES).endsWith(1, 1);
        assertThat(stats.sample()).isEqualTo(2);
        assertThat(stats.stages())
                .extracting(StreamStats.StageTime::name)
                .containsExactly("ingest", "inference", "sink", "all");
        assertThat(stats.stages().get(0).p50()).isEqualTo(20);
        assertThat(stats.workers()).singleElement().satisfies(worker -> {
            assertThat(worker.worker()).isEqualTo("worker-1");
            assertThat(worker.results()).isEqualTo(2);
        });
    }

    private static ScanClassified routine(String scanId) {
        return result(scanId, Label.POSITIVE);
    }

    private static ScanClassified stat(String scanId) {
        ScanClassified result = routine(scanId);
        result.setPriority(Priority.STAT);
        return result;
    }

    private static ScanClassified embedded(String scanId, byte[] embedding) {
        ScanClassified result = routine(scanId);
        result.setEmbedding(ByteBuffer.wrap(embedding));
        return result;
    }

    private void publish(String scanId, Label label) {
        reviews.keep(new NewReview("review-of-" + scanId + "-" + label, scanId + "/1.0", label, null, "reader"));
        reviews.settleNext(scanId, (review, place) -> new Settlement.Published(LABELED));
    }

    private static NewReview review(String scanId, String id) {
        return new NewReview(id, scanId + "/1.0", Label.NEGATIVE, "clear", "reader");
    }

    private void store(long seconds, ScanClassified result) {
        Clock clock = Clock.fixed(NOW.plus(Duration.ofSeconds(seconds)), ZoneOffset.UTC);
        new ResultStore(database, "group", clock)
                .store(new Poll(List.of(at(0, offset, result)), List.of(), Map.of(partition(0), ++offset)), Map.of());
    }

    private List<String> list(String name, Object value) {
        return ids(worklist.list(new WorklistFilter(
                is("label", name, value, Label.class),
                is("least", name, value, Double.class),
                is("most", name, value, Double.class),
                is("source", name, value, String.class),
                name.equals("version") ? "densenet169" : null,
                is("version", name, value, String.class),
                is("from", name, value, Instant.class),
                is("until", name, value, Instant.class),
                value instanceof ReviewFilter reviewed ? reviewed : ReviewFilter.ANY,
                is("scan", name, value, ScanSearch.class),
                null,
                50)));
    }

    private static <T> @Nullable T is(String wanted, String name, Object value, Class<T> type) {
        return wanted.equals(name) ? type.cast(value) : null;
    }

    private static WorklistFilter after(String next, int limit) {
        return new WorklistFilter(
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                ReviewFilter.ANY,
                null,
                WorklistCursor.parse(next).orElseThrow(),
                limit);
    }

    private static List<String> ids(WorklistPage page) {
        return page.rows().stream().map(row -> row.result().scanId()).toList();
    }
}
