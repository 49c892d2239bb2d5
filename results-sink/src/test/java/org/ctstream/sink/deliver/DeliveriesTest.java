package org.ctstream.sink.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.ctstream.service.health.Health;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.sink.store.Database;
import org.ctstream.sink.store.DatabaseSettings;
import org.ctstream.sink.store.DeliveryFilter;
import org.ctstream.sink.store.DeliveryRow;
import org.ctstream.sink.store.DeliveryState;
import org.ctstream.sink.store.Outbox;
import org.ctstream.sink.store.OutboxQueries;
import org.ctstream.sink.webhook.JsonBody;
import org.ctstream.sink.webhook.WebhookChannel;
import org.ctstream.sink.webhook.WebhookEndpoint;
import org.ctstream.sink.webhook.WebhookSecret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The outbox, its loops and a real receiver. */
class DeliveriesTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final WebhookSecret SECRET =
            WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").orElseThrow();

    @TempDir
    private Path directory;

    private final Metrics metrics = new Metrics("test");
    private final Health health = new Health(Clock.systemUTC(), Duration.ofMinutes(1));
    private final List<AutoCloseable> opened = new ArrayList<>(List.of(metrics));
    private Database database;
    private StoredAlerts alerts;

    @BeforeEach
    void open() {
        database = Database.open(
                new DatabaseSettings("jdbc:h2:file:" + directory.resolve("results"), "", "", 6, Duration.ofSeconds(10)),
                metrics.registry());
        opened.add(database);
        database.migrate();
        alerts = new StoredAlerts(database, Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    @Test
    void aReceiverThatIsAwayForAWhileGetsEachAlertOnceInOrder() {
        var failing = new AtomicInteger(6);
        WebhookReceiver receiver = receiver(request -> failing.getAndDecrement() > 0 ? 503 : 204);
        deliver(receiver, metrics, 50);
        alerts.store(names("early", 20));

        await().atMost(LONG).until(() -> receiver.accepted().size() >= 20);
        alerts.store(names("late", 5));
        await().atMost(LONG).until(() -> receiver.accepted().size() >= 25);

        assertThat(receiver.accepted()).extracting(WebhookReceiver.Request::id).doesNotHaveDuplicates();
        assertThat(receiver.requests()).hasSize(31);
        // Nothing overtakes what was due before it: those never tried come in the order of storing.
        List<String> tried = receiver.requests().subList(0, 6).stream()
                .map(WebhookReceiver.Request::id)
                .toList();
        assertThat(receiver.accepted().stream().map(WebhookReceiver.Request::id).filter(id -> !tried.contains(id)))
                .isSortedAccordingTo(DeliveriesTest::byKindAndNumber);
        assertThat(receiver.mostInHand()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(health.notes()).isEmpty());
        // Counted after the answer.
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(metrics.scrape())
                                .contains(
                                        "ctstream_alert_deliveries_total{endpoint=\"ward\",outcome=\"delivered\",service=\"test\"} 25.0")
                                .contains(
                                        "ctstream_alert_deliveries_total{endpoint=\"ward\",outcome=\"failed\",service=\"test\"} 6.0"));
    }

    @Test
    void whileTheReceiverIsAwayReadinessIsKeptAndANoteSaysWhatWaits() {
        health.ready("database");
        WebhookReceiver receiver = receiver(request -> 500);
        deliver(receiver, metrics, 50);
        alerts.store("one", "two");

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(health.notes().get("alerts-to-ward"))
                        .contains("http-500")
                        .contains("/api/webhooks"));
        assertThat(health.isReady()).isTrue();
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(metrics.scrape())
                        .containsPattern("ctstream_alert_outbox_pending\\{endpoint=\"ward\",service=\"test\"\\} 2\\.0")
                        .containsPattern(
                                "ctstream_alert_outbox_oldest_age_seconds\\{endpoint=\"ward\",[^}]*} [0-9.]*[1-9]"));
    }

    @Test
    void anAlertTheReceiverRefusesHoldsUpNoOtherAndIsDeadAfterTheLastAttemptAndReplayable() {
        var refused = ConcurrentHashMap.<String>newKeySet();
        refused.add("bad");
        WebhookReceiver receiver = receiver(request -> refused.contains(request.id()) ? 422 : 200);
        deliver(receiver, metrics, 3);
        alerts.store("bad", "good");

        var queries = new OutboxQueries(database);
        await().atMost(LONG)
                .until(() -> !queries.list(filter(DeliveryState.DEAD)).isEmpty());
        assertThat(queries.list(filter(DeliveryState.DEAD))).singleElement().satisfies((DeliveryRow row) -> {
            assertThat(row.alertId()).isEqualTo("bad");
            assertThat(row.attempts()).isEqualTo(3);
            assertThat(row.reason()).isEqualTo("http-422");
        });
        assertThat(receiver.accepted()).extracting(WebhookReceiver.Request::id).containsExactly("good");

        refused.clear();
        queries.replay(filter(DeliveryState.DEAD), Clock.systemUTC().instant());
        await().atMost(LONG).until(() -> receiver.accepted().size() == 2);
        assertThat(receiver.accepted().get(1).id()).isEqualTo("bad");
        assertThat(metrics.scrape())
                .contains("ctstream_alert_deliveries_total{endpoint=\"ward\",outcome=\"dead\",service=\"test\"} 1.0");
    }

    @Test
    void severalSinksOfOneDatabaseDeliverOneAtATimeAndNothingTwice() {
        WebhookReceiver receiver = receiver(request -> 200);
        try (var second = new Metrics("second");
                var third = new Metrics("third")) {
            deliver(receiver, metrics, 5);
            deliver(receiver, second, 5);
            deliver(receiver, third, 5);
            for (int poll = 0; poll < 10; poll++) {
                alerts.store(names("poll-" + poll, 10));
            }

            await().atMost(LONG).until(() -> receiver.accepted().size() >= 100);
            assertThat(receiver.accepted())
                    .extracting(WebhookReceiver.Request::id)
                    .hasSize(100)
                    .doesNotHaveDuplicates();
            assertThat(receiver.mostInHand()).isEqualTo(1);
        }
    }

    @Test
    void anotherSinkTakesOverWhenTheOneThatDeliversStops() {
        WebhookReceiver receiver = receiver(request -> 200);
        try (var second = new Metrics("second")) {
            Deliveries first = deliver(receiver, metrics, 5);
            alerts.store("one");
            await().atMost(LONG).until(() -> receiver.accepted().size() == 1);
            deliver(receiver, second, 5);

            first.close();
            alerts.store("two");

            await().atMost(LONG).until(() -> receiver.accepted().size() == 2);
        }
    }

    private Deliveries deliver(WebhookReceiver receiver, Metrics counted, int attempts) {
        try {
            var endpoint = new WebhookEndpoint("ward", URI.create(receiver.url()), SECRET, null, new JsonBody());
            var schedule = new RetrySchedule(Duration.ofMillis(20), Duration.ofMillis(100), attempts);
            var rules = new DeliveryRules(Duration.ofSeconds(5), schedule, 0);
            var channel = new WebhookChannel(endpoint, SSLContext.getDefault(), rules.timeout(), Clock.systemUTC());
            Deliveries deliveries = Deliveries.start(
                    "test", List.of(channel), new Outbox(database), rules, health, counted, Clock.systemUTC());
            opened.add(deliveries);
            return deliveries;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private WebhookReceiver receiver(ToIntFunction<WebhookReceiver.Request> answer) {
        var receiver = new WebhookReceiver(answer);
        opened.add(receiver);
        return receiver;
    }

    private static String[] names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + "-" + i).toArray(String[]::new);
    }

    private static int byKindAndNumber(String a, String b) {
        int byKind = a.substring(0, a.indexOf('-')).compareTo(b.substring(0, b.indexOf('-')));
        return byKind != 0 ? byKind : Integer.compare(number(a), number(b));
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(id.indexOf('-') + 1));
    }

    private static DeliveryFilter filter(DeliveryState state) {
        return new DeliveryFilter(state, null, null, null, 100);
    }
}
