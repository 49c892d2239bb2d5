package org.ctstream.sink.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.sink.store.Database;
import org.ctstream.sink.store.DatabaseSettings;
import org.ctstream.sink.store.DeliveryFilter;
import org.ctstream.sink.store.DeliveryOutcome;
import org.ctstream.sink.store.DeliveryRow;
import org.ctstream.sink.store.DeliveryState;
import org.ctstream.sink.store.DueDelivery;
import org.ctstream.sink.store.Outbox;
import org.ctstream.sink.store.OutboxQueries;
import org.ctstream.sink.store.SampleResults;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the outbox promises on every database. */
abstract class OutboxContract {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private Database database;
    private Outbox outbox;
    private OutboxQueries queries;

    /** Settings of a database whose tables the test may empty. */
    abstract DatabaseSettings settings();

    @BeforeEach
    void open() {
        database = Database.open(settings(), new SimpleMeterRegistry());
        database.migrate();
        outbox = new Outbox(database);
        queries = new OutboxQueries(database);
        for (String table : List.of("alert_delivery", "alert_lease", "alert_endpoint", "alert", "result")) {
            run("DELETE FROM " + table);
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aPositiveHasADeliveryForEachEndpointAndANegativeNone() {
        outbox.configure(List.of("ward", "archive"), 0);

        alertsAt(NOW)
                .store(
                        List.of(
                                SampleResults.result("scan-1", Label.POSITIVE),
                                SampleResults.result("scan-2", Label.NEGATIVE)),
                        0);

        assertThat(list(DeliveryState.PENDING))
                .extracting(DeliveryRow::scanId, DeliveryRow::endpoint)
                .containsExactlyInAnyOrder(tuple("scan-1", "archive"), tuple("scan-1", "ward"));
        DueDelivery due = outbox.due("ward", NOW, 10).get(0);
        assertThat(due.alert().patientRef()).isEqualTo("pseudonym-7");
        assertThat(due.alert().probability()).isEqualTo(0.875);
        assertThat(due.alert().alertedAt()).isEqualTo(NOW);
    }

    @Test
    void withoutEndpointsNothingIsKeptAndOneAddedLaterGetsOnlyWhatComesAfterIt() {
        outbox.configure(List.of(), 0);
        StoredAlerts alerts = alertsAt(NOW);
        alerts.store("before");
        outbox.configure(List.of("ward"), 0);

        alerts.store("after");

        assertThat(list(DeliveryState.PENDING)).extracting(DeliveryRow::scanId).containsExactly("after");
    }

    @Test
    void anEndpointThatIsGoneGetsNothingNewAndKeepsWhatWaits() {
        outbox.configure(List.of("ward"), 0);
        StoredAlerts alerts = alertsAt(NOW);
        alerts.store("one");

        List<String> removed = outbox.configure(List.of("archive"), 0);
        alerts.store("two");

        assertThat(removed).containsExactly("ward");
        assertThat(outbox.depth("ward").enabled()).isFalse();
        assertThat(outbox.depth("ward").pending()).isEqualTo(1);
        assertThat(outbox.depth("archive").pending()).isEqualTo(1);
    }

    @Test
    void aResultThatComesAgainIsDeliveredOnce() {
        outbox.configure(List.of("ward"), 0);
        StoredAlerts alerts = alertsAt(NOW);

        alerts.store("one");
        alerts.store("one");

        assertThat(list(DeliveryState.PENDING)).hasSize(1);
    }

    @Test
    void whatIsStoredAgainInALostDatabaseIsListedAndNotSent() {
        outbox.configure(List.of("ward"), 0);

        alertsAt(NOW).store(List.of(SampleResults.result("old", Label.POSITIVE)), 1);

        assertThat(list(DeliveryState.PENDING)).isEmpty();
        assertThat(list(DeliveryState.SUPPRESSED))
                .extracting(DeliveryRow::reason)
                .containsExactly("stored-again");
    }

    @Test
    void oneAlertPerStudyWithinTheMinutesAndTheOthersAreListedWithIt() {
        outbox.configure(List.of("ward"), 10);

        alertsAt(NOW).store(List.of(slice("a"), slice("b")), 0);
        alertsAt(NOW.plusSeconds(599)).store(List.of(slice("c")), 0);
        alertsAt(NOW.plusSeconds(600)).store(List.of(slice("d")), 0);
        alertsAt(NOW.plusSeconds(601)).store("of-another-study");

        assertThat(list(DeliveryState.PENDING))
                .extracting(DeliveryRow::scanId)
                .containsExactly("a", "d", "of-another-study");
        assertThat(list(DeliveryState.SUPPRESSED))
                .extracting(DeliveryRow::scanId)
                .containsExactly("b", "c");
        assertThat(list(DeliveryState.SUPPRESSED))
                .allSatisfy(row -> assertThat(row.suppressedBy()).isEqualTo("a/1.0"));
    }

    @Test
    void aDeadAlertSuppressesNoOther() {
        outbox.configure(List.of("ward"), 10);
        alertsAt(NOW).store(List.of(slice("a")), 0);
        DueDelivery due = outbox.due("ward", NOW, 1).get(0);
        outbox.settle(due, new DeliveryOutcome.Dead(NOW, "http-500"), NOW);

        alertsAt(NOW.plusSeconds(5)).store(List.of(slice("b")), 0);

        assertThat(list(DeliveryState.PENDING)).extracting(DeliveryRow::scanId).containsExactly("b");
    }

    @Test
    void sinksThatStoreOneStudyAtTheSameTimeDeliverItOnce() throws Exception {
        outbox.configure(List.of("ward"), 10);

        together(IntStream.range(0, 4)
                .<Callable<Boolean>>mapToObj(i -> () -> {
                    alertsAt(NOW).store(List.of(slice("slice-" + i)), 0);
                    return true;
                })
                .toList());

        assertThat(list(DeliveryState.PENDING)).hasSize(1);
        assertThat(list(DeliveryState.SUPPRESSED)).hasSize(3);
    }

    @Test
    void whatFailedIsDueBehindWhatWasDueBefore() {
        outbox.configure(List.of("ward"), 0);
        alertsAt(NOW).store("one", "two", "three");
        DueDelivery first = outbox.due("ward", NOW, 1).get(0);

        outbox.settle(first, new DeliveryOutcome.Retry(NOW.plusSeconds(2), "http-503"), NOW);

        assertThat(dueIds(NOW.plusSeconds(1))).containsExactly("two", "three");
        assertThat(dueIds(NOW.plusSeconds(2))).containsExactly("two", "three", "one");
        assertThat(outbox.due("ward", NOW.plusSeconds(2), 10).get(2).attempts()).isEqualTo(1);
    }

    @Test
    void aSettlementOfASinkThatSleptChangesNothing() {
        outbox.configure(List.of("ward"), 0);
        alertsAt(NOW).store("one");
        DueDelivery taken = outbox.due("ward", NOW, 1).get(0);
        outbox.settle(taken, new DeliveryOutcome.Delivered(NOW), NOW);

        outbox.settle(taken, new DeliveryOutcome.Dead(NOW, "timeout"), NOW);

        assertThat(list(DeliveryState.DELIVERED)).hasSize(1);
        assertThat(list(DeliveryState.DEAD)).isEmpty();
    }

    @Test
    void aReplayMakesDeadAndSuppressedOnesPendingWithAllTheirAttempts() {
        outbox.configure(List.of("ward"), 10);
        alertsAt(NOW).store(List.of(slice("a"), slice("b")), 0);
        DueDelivery due = outbox.due("ward", NOW, 1).get(0);
        outbox.settle(due, new DeliveryOutcome.Dead(NOW, "http-500"), NOW);

        List<DeliveryRow> dead = queries.replay(filter(DeliveryState.DEAD), NOW);
        List<DeliveryRow> suppressed = queries.replay(filter(DeliveryState.SUPPRESSED), NOW);

        assertThat(dead).extracting(DeliveryRow::scanId).containsExactly("a");
        assertThat(suppressed).extracting(DeliveryRow::scanId).containsExactly("b");
        assertThat(list(DeliveryState.PENDING)).allSatisfy(row -> {
            assertThat(row.attempts()).isZero();
            assertThat(row.replays()).isEqualTo(1);
        });
    }

    @Test
    void countsTellWhatWaitsWhatIsDeadAndHowOldTheOldestIs() {
        outbox.configure(List.of("ward"), 0);
        alertsAt(NOW).store("one");
        alertsAt(NOW.plusSeconds(60)).store("two", "three");
        outbox.settle(outbox.due("ward", NOW, 1).get(0), new DeliveryOutcome.Dead(NOW, "http-500"), NOW);

        assertThat(queries.counts()).singleElement().satisfies(counts -> {
            assertThat(counts.pending()).isEqualTo(2);
            assertThat(counts.oldestPending()).isEqualTo(NOW.plusSeconds(60));
            assertThat(counts.dead()).isEqualTo(1);
            assertThat(counts.suppressed()).isZero();
            assertThat(counts.enabled()).isTrue();
        });
    }

    @Test
    void ofManyWhoAskAtOnceOneGetsTheLeaseAndKeepsIt() throws Exception {
        outbox.configure(List.of("ward"), 0);
        Duration length = Duration.ofMinutes(1);

        List<Boolean> held = together(IntStream.range(0, 8)
                .<Callable<Boolean>>mapToObj(i -> () -> outbox.leases().hold("ward", "sink-" + i, length))
                .toList());

        assertThat(held.stream().filter(has -> has).count()).isLessThanOrEqualTo(1);
        int owner = held.indexOf(true);
        if (owner < 0) {
            owner = 0;
            assertThat(outbox.leases().hold("ward", "sink-0", length)).isTrue();
        }
        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < 8; i++) {
            softly.assertThat(outbox.leases().hold("ward", "sink-" + i, length)).isEqualTo(i == owner);
        }
        softly.assertAll();
    }

    @Test
    void aLeaseEndsWhenItIsGivenBackOrRunsOut() {
        outbox.configure(List.of("ward"), 0);
        assertThat(outbox.leases().hold("ward", "one", Duration.ofMinutes(1))).isTrue();

        outbox.leases().release("ward", "two");
        assertThat(outbox.leases().hold("ward", "two", Duration.ofMinutes(1))).isFalse();
        outbox.leases().release("ward", "one");
        assertThat(outbox.leases().hold("ward", "two", Duration.ofMillis(1))).isTrue();
        await().until(() -> outbox.leases().hold("ward", "three", Duration.ofMinutes(1)));
    }

    private StoredAlerts alertsAt(Instant time) {
        return new StoredAlerts(database, Clock.fixed(time, ZoneOffset.UTC));
    }

    private static ScanClassified slice(String scanId) {
        return SampleResults.result(scanId, Label.POSITIVE);
    }

    private List<String> dueIds(Instant at) {
        return outbox.due("ward", at, 10).stream()
                .map(due -> due.alert().alertId())
                .toList();
    }

    private List<DeliveryRow> list(DeliveryState state) {
        return queries.list(filter(state));
    }

    private static DeliveryFilter filter(DeliveryState state) {
        return new DeliveryFilter(state, null, null, null, 100);
    }

    private void run(String sql) {
        database.inTransaction("empty", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                return statement.executeUpdate();
            }
        });
    }

    private static <T> List<T> together(List<Callable<T>> tasks) throws Exception {
        var start = new CyclicBarrier(tasks.size());
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<Future<T>> futures = tasks.stream()
                    .map(task -> threads.submit(() -> {
                        start.await();
                        return task.call();
                    }))
                    .toList();
            var results = new ArrayList<T>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
