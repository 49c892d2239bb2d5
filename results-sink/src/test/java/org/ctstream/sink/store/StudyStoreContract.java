package org.ctstream.sink.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ctstream.sink.store.SampleResults.at;
import static org.ctstream.sink.store.SampleResults.partition;
import static org.ctstream.sink.store.SampleResults.result;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.assertj.core.data.Offset;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.avro.StudyState;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What rolling studies up promises on every database. */
abstract class StudyStoreContract {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private final Database database = openAndMigrate();
    private final StudyStore studies = new StudyStore(database);
    private final StudyQueries queries = new StudyQueries(database);
    private long offset;

    /** Settings of a database whose tables the test may empty. */
    abstract DatabaseSettings settings();

    private Database openAndMigrate() {
        Database opened = Database.open(settings(), new SimpleMeterRegistry());
        opened.migrate();
        return opened;
    }

    @BeforeEach
    void empty() {
        for (String table : List.of("study_result", "study", "review", "alert", "result")) {
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
    void slicesAreCountedByTheNewestResultOfEachHoweverOftenTheyAreStored() {
        store(0, slice("a", "s", Label.POSITIVE, 0.9), slice("b", "s", Label.NEGATIVE, 0.3));
        store(1, slice("b", "s", Label.NEGATIVE, 0.3), slice("c", "s", Label.INDETERMINATE, 0.99));
        ScanClassified byTheNextRelease = result("a", "2.0", Label.NEGATIVE);
        byTheNextRelease.setStudyUid("s");
        byTheNextRelease.setProbability(0.1);
        store(2, byTheNextRelease);
        ScanClassified stat = slice("d", "s", Label.POSITIVE, 0.6);
        stat.setPriority(Priority.STAT);
        stat.setSource("CT-2");
        store(3, stat);
        store(3, slice("e", "another study", Label.POSITIVE, 1));

        StudyRevision said = revision("s", 5, StudyStoreContract::provisional);

        assertThat(said.summary().slices()).isEqualTo(new SliceCounts(1, 2, 1));
        assertThat(said.label()).isEqualTo(Label.POSITIVE);
        assertThat(said.summary().worst())
                .as("what could not be judged is not the worst")
                .isEqualTo(new WorstSlice("d", "d/1.0", Label.POSITIVE, 0.6));
        assertThat(said.summary().meanProbability()).isCloseTo((0.1 + 0.3 + 0.6) / 3, within());
        assertThat(said.summary().models()).containsExactly("densenet169:1.0", "densenet169:2.0");
        assertThat(said.summary().sources()).containsExactly("CT-1", "CT-2");
        assertThat(said.summary().priority()).isEqualTo(Priority.STAT);
        assertThat(said.summary().modelTrained()).isTrue();
        assertThat(said.summary().firstReceivedAt()).isEqualTo(SampleResults.RECEIVED);
        assertThat(said.firstSliceAt()).isEqualTo(NOW);
        assertThat(said.lastSliceAt()).isEqualTo(NOW.plusSeconds(3));
        assertThat(said.rolledUpAt()).isEqualTo(NOW.plusSeconds(5));
    }

    @Test
    void studyThatNoSliceOfCouldBeJudgedIsIndeterminateAndUntrainedIfASliceIs() {
        ScanClassified untrained = slice("a", "s", Label.INDETERMINATE, 0.7);
        untrained.setModelTrained(false);
        store(0, untrained, slice("b", "s", Label.INDETERMINATE, 0.2));

        StudyRevision said = revision("s", 1, StudyStoreContract::provisional);

        assertThat(said.label()).isEqualTo(Label.INDETERMINATE);
        assertThat(said.summary().modelTrained()).isFalse();
        assertThat(said.summary().worst().scanId()).isEqualTo("a");
        assertThat(said.summary().meanProbability()).isCloseTo(0.45, within());
    }

    @Test
    void resultsWithoutAStudyMakeNone() {
        ScanClassified alone = result("a", Label.POSITIVE);
        alone.setStudyUid(null);
        store(0, alone);

        assertThat(studies.takeUp(NOW.plusSeconds(5), 10)).isEmpty();
    }

    @Test
    void pollThatBringsNothingNewChangesNoStudy() {
        store(0, slice("a", "s", Label.NEGATIVE, 0.3));
        publishAll(1, StudyStoreContract::provisional);
        rest("s", 2);

        store(3, slice("a", "s", Label.NEGATIVE, 0.3));
        assertThat(studies.takeUp(NOW.plusSeconds(10), 10)).isEmpty();

        store(11, slice("b", "s", Label.NEGATIVE, 0.3));
        assertThat(studies.takeUp(NOW.plusSeconds(11), 10)).containsExactly("s");
    }

    @Test
    void progressTellsHowManyChangesAreSaidAndWhichWerePositive() {
        store(0, slice("a", "s", Label.NEGATIVE, 0.3));
        store(1, slice("b", "s", Label.POSITIVE, 0.8), slice("c", "s", Label.NEGATIVE, 0.1));
        publishAll(2, StudyStoreContract::provisional);
        store(3, slice("d", "s", Label.NEGATIVE, 0.1));

        StudyProgress progress = progress("s", 4);

        assertThat(progress.changes()).isEqualTo(3);
        assertThat(progress.positiveChanges()).isEqualTo(2);
        assertThat(progress.said())
                .isEqualTo(new StudyProgress.Said(
                        1, StudyState.PROVISIONAL, false, Label.POSITIVE, 3, NOW.plusSeconds(2), 2));
        assertThat(progress.firstSliceAt()).isEqualTo(NOW);
        assertThat(progress.lastSliceAt()).isEqualTo(NOW.plusSeconds(3));
    }

    @Test
    void positiveSliceDoesNotWaitForTheStudysTurnUnlessTheStudyIsPositiveAlready() {
        store(0, slice("a", "s", Label.NEGATIVE, 0.3), slice("x", "positive", Label.POSITIVE, 0.8));
        publishAll(1, StudyStoreContract::provisional);
        for (String study : List.of("s", "positive")) {
            studies.advance(study, NOW.plusSeconds(2), progress -> new StudyStep.Wait(NOW.plusSeconds(60)));
        }

        store(3, slice("b", "s", Label.NEGATIVE, 0.8));
        assertThat(studies.takeUp(NOW.plusSeconds(3), 10)).isEmpty();
        store(4, slice("c", "s", Label.POSITIVE, 0.8), slice("y", "positive", Label.POSITIVE, 0.8));

        assertThat(studies.takeUp(NOW.plusSeconds(4), 10)).containsExactly("s");
    }

    @Test
    void studyTakenUpIsLeftAloneByOthersForAWhileAndNotForEver() {
        store(0, slice("a", "s", Label.NEGATIVE, 0.3));

        assertThat(studies.takeUp(NOW, 10)).containsExactly("s");
        assertThat(studies.takeUp(NOW.plusSeconds(5), 10)).isEmpty();
        assertThat(studies.takeUp(NOW.plusSeconds(60), 10)).containsExactly("s");
    }

    @Test
    void resultThatComesWhileAStudyIsLookedAtMakesItDueAgain() {
        store(0, slice("a", "s", Label.NEGATIVE, 0.3));
        studies.takeUp(NOW, 10);

        studies.advance("s", NOW, progress -> {
            store(1, slice("b", "s", Label.NEGATIVE, 0.3));
            return new StudyStep.Rest();
        });

        assertThat(studies.takeUp(NOW.plusSeconds(1), 10)).containsExactly("s");
    }

    @Test
    void revisionStaysAsItWasKeptUntilItIsPublishedWhateverComesMeanwhile() {
        store(0, slice("a", "s", Label.NEGATIVE, 0.3));
        assertThat(studies.advance("s", NOW.plusSeconds(1), StudyStoreContract::provisional))
                .isTrue();
        var sent = new ArrayList<StudyRevision>();
        assertThatThrownBy(() -> studies.publish(NOW.plusSeconds(2), 10, revisions -> {
                    sent.addAll(revisions);
                    throw new RetriableStageException(Stage.STORE, "the sink ends here", null);
                }))
                .isInstanceOf(RetriableStageException.class);
        store(3, slice("b", "s", Label.POSITIVE, 0.8));

        assertThat(studies.advance("s", NOW.plusSeconds(3), StudyStoreContract::provisional))
                .as("the revision before is not out yet")
                .isFalse();
        sent.addAll(publish(4));
        assertThat(studies.advance("s", NOW.plusSeconds(5), StudyStoreContract::provisional))
                .isTrue();
        sent.addAll(publish(6));

        assertThat(sent.get(1)).as("sent again").isEqualTo(sent.get(0));
        assertThat(sent).extracting(StudyRevision::revision).containsExactly(1, 1, 2);
        assertThat(sent.get(2).label()).isEqualTo(Label.POSITIVE);
        assertThat(publish(7)).isEmpty();
    }

    @Test
    void whatKafkaHasNotAcknowledgedIsTriedAgainBehindTheOthers() {
        store(0, slice("a", "away", Label.NEGATIVE, 0.3), slice("b", "there", Label.NEGATIVE, 0.3));
        studies.advance("away", NOW, StudyStoreContract::provisional);
        studies.advance("there", NOW.plusSeconds(1), StudyStoreContract::provisional);

        assertThat(studies.publish(NOW.plusSeconds(2), 1, revisions -> Map.of()))
                .isEmpty();

        assertThat(studies.publish(NOW.plusSeconds(3), 1, StudyStoreContract::places))
                .extracting(StudyRevision::studyUid)
                .containsExactly("there");
        assertThat(studies.depth()).isEqualTo(new StudyDepth(2, 1, NOW));
        assertThat(publish(4)).extracting(StudyRevision::studyUid).containsExactly("away");
        assertThat(studies.depth().pending()).isZero();
    }

    @Test
    void whileOneSinkSendsARevisionNoOtherDoesAndResultsAreStored() throws Exception {
        store(0, slice("a", "s", Label.NEGATIVE, 0.3));
        studies.advance("s", NOW, StudyStoreContract::provisional);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            List<StudyRevision> published = studies.publish(NOW.plusSeconds(1), 10, revisions -> {
                Future<List<StudyRevision>> meanwhile = other.submit(() -> {
                    store(1, slice("b", "s", Label.NEGATIVE, 0.3));
                    return publish(1);
                });
                assertThat(get(meanwhile)).isEmpty();
                return places(revisions);
            });

            assertThat(published).hasSize(1);
        } finally {
            other.shutdownNow();
        }
        assertThat(progress("s", 2).changes()).isEqualTo(2);
    }

    @Test
    void ofTwoSinksThatKeepTheNextRevisionOneDoes() throws Exception {
        store(0, slice("a", "s", Label.NEGATIVE, 0.3));
        publishAll(1, StudyStoreContract::provisional);
        store(2, slice("b", "s", Label.NEGATIVE, 0.3));
        var inner = new AtomicReference<@Nullable Boolean>();

        boolean outer = studies.advance("s", NOW.plusSeconds(3), progress -> {
            inner.set(studies.advance("s", NOW.plusSeconds(3), StudyStoreContract::quiet));
            return provisional(progress);
        });

        assertThat(inner.get()).isTrue();
        assertThat(outer).isFalse();
        assertThat(publish(4)).extracting(StudyRevision::state).containsExactly(StudyState.FINAL);
    }

    @Test
    void revisionThatWouldSayTheSameAgainIsNone() {
        store(0, slice("a", "s", Label.NEGATIVE, 0.3));
        publishAll(1, StudyStoreContract::provisional);

        assertThat(studies.advance("s", NOW.plusSeconds(2), StudyStoreContract::provisional))
                .isFalse();
        assertThat(studies.advance("s", NOW.plusSeconds(3), StudyStoreContract::quiet))
                .isTrue();

        assertThat(publish(4)).extracting(StudyRevision::revision).containsExactly(2);
    }

    @Test
    void publishedStudyIsLookedAtAgainAtOnceAndOneAtRestNotUntilSomethingComes() {
        store(0, slice("a", "s", Label.NEGATIVE, 0.3));
        studies.takeUp(NOW, 10);
        studies.advance("s", NOW, StudyStoreContract::quiet);
        publish(1);

        assertThat(studies.takeUp(NOW.plusSeconds(1), 10)).containsExactly("s");
        rest("s", 1);
        assertThat(studies.takeUp(NOW.plusSeconds(100_000), 10)).isEmpty();
        assertThat(studies.depth()).isEqualTo(new StudyDepth(0, 0, null));
    }

    @Test
    void studyWhoseResultsAreGoneIsLeftAsItIs() {
        store(0, slice("a", "s", Label.NEGATIVE, 0.3));
        database.inTransaction("empty", connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("DELETE FROM result");
            }
        });

        assertThat(studies.advance("s", NOW, StudyStoreContract::provisional)).isFalse();
        assertThat(studies.takeUp(NOW.plusSeconds(60), 10)).isEmpty();
    }

    @Test
    void modelsAndSourcesAreBounded() {
        for (int i = 10; i < 35; i++) {
            ScanClassified slice = slice("scan-" + i, "s", Label.NEGATIVE, 0.3);
            slice.setSource("\"\u0001\\é" + i + "x".repeat(240));
            store(0, slice);
        }

        List<String> sources =
                revision("s", 1, StudyStoreContract::provisional).summary().sources();

        assertThat(sources).hasSize(StudySummary.MOST_NAMES).isSorted();
        assertThat(queries.find("s").orElseThrow().study().summary().sources()).isEqualTo(sources);
    }

    @Test
    void studiesAreListedByTheirBeginningOnceEachAndFiltered() {
        for (int i = 0; i < 7; i++) {
            Label label = i % 2 == 0 ? Label.POSITIVE : Label.NEGATIVE;
            store(i / 3, slice("scan-" + i, "s" + i, label, 0.5));
        }
        publishAll(10, StudyStoreContract::provisional);
        var seen = new ArrayList<String>();
        @Nullable String next = null;
        do {
            StudyPage page = queries.list(filter(null, null, next, 3));
            page.studies().forEach(row -> seen.add(row.study().studyUid()));
            next = page.next();
        } while (next != null);

        assertThat(seen).containsExactly("s6", "s5", "s4", "s3", "s2", "s1", "s0");
        assertThat(queries.list(filter(Label.NEGATIVE, null, null, 10)).studies())
                .extracting(row -> row.study().studyUid())
                .containsExactly("s5", "s3", "s1");
        assertThat(queries.list(filter(null, StudyState.FINAL, null, 10)).studies())
                .isEmpty();
        assertThat(queries.list(filter(Label.POSITIVE, StudyState.PROVISIONAL, null, 10))
                        .studies())
                .hasSize(4)
                .allMatch(StudyRow::published);
        assertThat(queries.find("nowhere")).isEmpty();
    }

    @Test
    void slicesOfAStudyAreListedInTheOrderReceivedWithTheirNewestResult() {
        for (int i = 0; i < 5; i++) {
            ScanClassified slice = slice("scan-" + i, "s", Label.NEGATIVE, 0.1 * i);
            slice.setReceivedAt(SampleResults.RECEIVED.plusSeconds((5 - i) / 2));
            store(i, slice);
        }
        ScanClassified again = result("scan-0", "2.0", Label.POSITIVE);
        again.setStudyUid("s");
        again.setReceivedAt(SampleResults.RECEIVED.plusSeconds(2));
        store(9, again);
        var seen = new ArrayList<String>();
        @Nullable Cursor after = null;
        do {
            StudySlicePage page = queries.slices("s", after, 2);
            page.slices().forEach(slice -> seen.add(slice.resultId()));
            after = page.next() == null ? null : Cursor.parse(page.next()).orElseThrow();
        } while (after != null);

        assertThat(seen).containsExactly("scan-4/1.0", "scan-2/1.0", "scan-3/1.0", "scan-0/2.0", "scan-1/1.0");
    }

    private static StudyStep provisional(StudyProgress progress) {
        return new StudyStep.Keep(StudyState.PROVISIONAL, false, 1);
    }

    private static StudyStep quiet(StudyProgress progress) {
        return new StudyStep.Keep(StudyState.FINAL, true, 1);
    }

    private static Offset<Double> within() {
        return Offset.offset(1e-9);
    }

    private static StudyFilter filter(
            @Nullable Label label, @Nullable StudyState state, @Nullable String after, int limit) {
        return new StudyFilter(
                label, state, after == null ? null : Cursor.parse(after).orElseThrow(), limit);
    }

    private static ScanClassified slice(String scanId, String study, Label label, double probability) {
        ScanClassified slice = result(scanId, label);
        slice.setStudyUid(study);
        slice.setProbability(probability);
        return slice;
    }

    private void store(long seconds, ScanClassified... results) {
        var classified = new ArrayList<Classified>();
        for (ScanClassified result : results) {
            classified.add(at(0, offset++, result));
        }
        new ResultStore(database, "group", Clock.fixed(NOW.plusSeconds(seconds), ZoneOffset.UTC))
                .store(new Poll(classified, List.of(), Map.of(partition(0), offset)), Map.of());
    }

    /** The study's next revision, published. */
    private StudyRevision revision(String study, long seconds, Function<StudyProgress, StudyStep> rule) {
        assertThat(studies.advance(study, NOW.plusSeconds(seconds), rule)).isTrue();
        return publish(seconds).get(0);
    }

    private void publishAll(long seconds, Function<StudyProgress, StudyStep> rule) {
        for (String study : studies.takeUp(NOW.plusSeconds(seconds), 100)) {
            studies.advance(study, NOW.plusSeconds(seconds), rule);
        }
        publish(seconds);
    }

    private List<StudyRevision> publish(long seconds) {
        return studies.publish(NOW.plusSeconds(seconds), 100, StudyStoreContract::places);
    }

    private void rest(String study, long seconds) {
        studies.takeUp(NOW.plusSeconds(seconds), 10);
        studies.advance(study, NOW.plusSeconds(seconds), progress -> new StudyStep.Rest());
    }

    private StudyProgress progress(String study, long seconds) {
        var seen = new AtomicReference<@Nullable StudyProgress>();
        studies.advance(study, NOW.plusSeconds(seconds), progress -> {
            seen.set(progress);
            return new StudyStep.Rest();
        });
        StudyProgress progress = seen.get();
        assertThat(progress).isNotNull();
        return Objects.requireNonNull(progress);
    }

    private static Map<String, RecordPlace> places(List<StudyRevision> revisions) {
        var places = new HashMap<String, RecordPlace>();
        for (StudyRevision revision : revisions) {
            places.put(revision.studyUid(), new RecordPlace("ct.study.classified", 1, places.size()));
        }
        return places;
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
