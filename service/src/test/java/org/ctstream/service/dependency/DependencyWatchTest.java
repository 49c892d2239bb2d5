package org.ctstream.service.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.dependency.Dependency.Need;
import org.ctstream.service.health.Health;
import org.ctstream.service.health.HealthParts;
import org.ctstream.service.metrics.Metrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DependencyWatchTest {
    /** Ten times the pace of services, for whom an absence is seen within ten seconds. */
    private static final Pace FAST = new Pace(Duration.ofMillis(200), Duration.ofMillis(50), Duration.ofMillis(100), 6);

    private static final Duration SEEN_WITHIN = Duration.ofSeconds(10);

    private final Health health = new Health(Clock.systemUTC(), Duration.ofMinutes(1));
    private final Metrics metrics = new Metrics("test");
    private final CountDownLatch testOver = new CountDownLatch(1);

    @AfterEach
    void end() {
        testOver.countDown();
        metrics.close();
    }

    @Test
    void somethingThatFailsAndSomethingThatHangsAreAwayWithinTenSecondsAndTheRestIsNot() {
        var failing = new AtomicBoolean();
        var hanging = new AtomicBoolean();
        Dependency fails = dependency("fails", () -> {
            if (failing.get()) {
                throw new IOException("connection refused");
            }
        });
        Dependency hangs = dependency("hangs", () -> {
            if (hanging.get()) {
                testOver.await();
            }
        });
        try (var watch = start(fails, hangs, dependency("works", () -> {}))) {
            await().atMost(SEEN_WITHIN).until(() -> health.conditions().size() == 3);
            assertThat(health.isReady()).isTrue();

            failing.set(true);
            hanging.set(true);

            await().atMost(SEEN_WITHIN).untilAsserted(() -> {
                assertThat(health.conditions().get("fails")).contains("Thing fails is away", "connection refused");
                assertThat(health.conditions().get("hangs")).contains("Thing hangs is away", "no answer");
            });
            assertThat(health.conditions()).containsEntry("works", "ok");
            assertThat(metrics.scrape())
                    .contains("ctstream_dependency_up{dependency=\"fails\",service=\"test\"} 0.0")
                    .contains("ctstream_dependency_up{dependency=\"works\",service=\"test\"} 1.0");

            failing.set(false);
            testOver.countDown();
            await().atMost(SEEN_WITHIN).until(health::isReady);
        }
    }

    @Test
    void dependencyThatCouldNotBeAskedAtFirstIsAskedLater() {
        var resolves = new AtomicBoolean();
        Dependency dependency = new Dependency("named", "Thing", Need.TO_WORK, "waits", () -> {
            if (!resolves.get()) {
                throw new IllegalStateException("its name does not resolve");
            }
            return () -> {};
        });
        try (var watch = start(dependency)) {
            await().atMost(SEEN_WITHIN)
                    .untilAsserted(
                            () -> assertThat(health.conditions().get("named")).contains("its name does not resolve"));

            resolves.set(true);

            await().atMost(SEEN_WITHIN).until(health::isReady);
        }
    }

    @Test
    void modelStoreThatIsAwayIsANoteAndTheServiceStaysReady(@TempDir Path folder) throws IOException {
        Path store = folder.resolve("models");
        Files.createDirectories(store.resolve("densenet169"));
        health.ready("engine");
        try (var watch = start(Dependencies.servedModelStore(store))) {
            Files.move(store, folder.resolve("elsewhere"));

            await().atMost(SEEN_WITHIN)
                    .until(() -> String.valueOf(health.notes().get(HealthParts.MODEL_STORE))
                            .contains("goes on with the release it serves"));
            assertThat(health.isReady()).isTrue();

            Files.createDirectories(store);
            await().during(Duration.ofSeconds(1))
                    .atMost(SEEN_WITHIN)
                    .until(() -> health.notes().containsKey(HealthParts.MODEL_STORE)); // an empty mount point
            Files.createDirectories(store.resolve("densenet169"));
            await().atMost(SEEN_WITHIN).until(() -> health.notes().isEmpty());
        }
    }

    @Test
    void registryThatAnswersAnythingIsThereAndOneThatAnswers503IsNot() throws IOException {
        var away = new AtomicBoolean();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(away.get() ? 503 : 404, -1);
            exchange.close();
        });
        server.start();
        String url = "http://user:secret@127.0.0.1:" + server.getAddress().getPort();
        Dependency registry = Dependencies.ofEveryService(config(url)).get(1);
        try (var watch = start(registry)) {
            await().atMost(SEEN_WITHIN).until(health::isReady);

            away.set(true);

            await().atMost(SEEN_WITHIN).until(() -> !health.isReady());
            assertThat(health.conditions().get(HealthParts.REGISTRY_REACHABLE))
                    .contains("The schema registry", "503")
                    .doesNotContain("secret");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void brokerThatNeverWasIsNamed() {
        Dependency broker = Dependencies.ofEveryService(config("mock://watch")).get(0);
        try (var watch = start(broker)) {
            await().atMost(SEEN_WITHIN)
                    .until(() -> String.valueOf(health.conditions().get(HealthParts.BROKER_REACHABLE))
                            .contains("bootstrap.servers=127.0.0.1:1"));
        }
    }

    @Test
    void closedWatchAsksNothingMore() {
        var asked = new ArrayList<Long>();
        var watch = start(dependency("counted", () -> asked.add(1L)));
        await().until(() -> !asked.isEmpty());
        watch.close();
        int then = asked.size();

        await().during(Duration.ofSeconds(1)).atMost(SEEN_WITHIN).until(() -> asked.size() == then);
    }

    private DependencyWatch start(Dependency... dependencies) {
        return DependencyWatch.start(health, metrics, List.of(dependencies), FAST);
    }

    private static ServiceConfig config(String registry) {
        return ServiceConfig.of(
                "test",
                CommonKeys.def(0),
                Map.of(CommonKeys.BOOTSTRAP_SERVERS, "127.0.0.1:1", CommonKeys.SCHEMA_REGISTRY_URL, registry));
    }

    private static Dependency dependency(String name, Asking asking) {
        return new Dependency(name, "Thing " + name, Need.TO_WORK, "it waits", () -> asking::ask);
    }

    /** A question as a test writes it. */
    @FunctionalInterface
    private interface Asking {
        void ask() throws Exception;
    }
}
