package org.ctstream.worker.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.health.Health;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.worker.Scans;
import org.ctstream.worker.batch.PendingScan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EnginePipelineTest {
    private final Health health = new Health(Clock.systemUTC(), Duration.ofMinutes(1));
    private final Metrics metrics = new Metrics("test");
    private final Queue<List<Outcome>> finished = new ConcurrentLinkedQueue<>();
    private final List<FakeClassifier> opened = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void batchesComeOutInTheOrderTheyWentInWithPoisonAmongThem() {
        try (EnginePipeline engine = pipeline()) {
            engine.submit(List.of(Scans.pending(0, 10), Scans.poisoned(1), Scans.pending(2, 20)));
            List<Outcome> outcomes = takeAll(engine);
            engine.submit(List.of(Scans.poisoned(3)));
            outcomes.addAll(takeAll(engine));

            assertThat(outcomes)
                    .extracting(o -> o.scan().original().offset())
                    .containsExactlyInAnyOrder(0L, 1L, 2L, 3L);
            assertThat(outcomes.get(3).scan().original().offset()).isEqualTo(3);
            assertThat(engine.room(Lane.ROUTINE)).isEqualTo(8);
        }
    }

    @Test
    void lostDeviceIsOpenedAgainAndTheBatchInHandIsNotLost() {
        try (EnginePipeline engine = pipeline()) {
            PendingScan scan = Scans.pending(0, FakeClassifier.LOST_GREY);
            engine.submit(List.of(scan));

            await().until(() -> opened.size() >= 2);
            assertThat(opened.get(0).isClosed()).isTrue();
            assertThat(health.conditions().get("engine")).isNotNull();
            assertThat(engine.inHand(Lane.ROUTINE)).isEqualTo(1);
        }
        assertThat(opened).allMatch(FakeClassifier::isClosed);
    }

    @Test
    void lostDeviceThatCannotBeClosedIsOpenedAgainAllTheSame() {
        try (EnginePipeline engine = pipeline()) {
            await().until(() -> opened.size() == 1);
            opened.get(0).cannotBeClosed();

            engine.submit(List.of(Scans.pending(0, FakeClassifier.LOST_GREY)));

            await().until(() -> opened.size() >= 2);
            engine.check();
        }
    }

    @Test
    void successorTakesOverBetweenTwoBatchesAndTheOldOneIsClosed() {
        try (EnginePipeline engine = pipeline()) {
            engine.submit(List.of(Scans.pending(0, 10), Scans.pending(1, 10)));
            List<Outcome> before = takeAll(engine);
            var serving = new CopyOnWriteArrayList<String>();
            var next = new FakeClassifier(4, 4, "2");

            engine.swapTo(new Successor(
                    next, () -> next, () -> serving.add(engine.release().version())));
            await().until(() -> opened.get(0).isClosed() && serving.equals(List.of("2")));
            engine.submit(List.of(Scans.pending(2, 10)));
            List<Outcome> after = takeAll(engine);

            assertThat(versions(before)).containsExactly("1", "1");
            assertThat(versions(after)).containsExactly("2");
            assertThat(next.isClosed()).isFalse();
        }
        assertThat(opened).hasSize(1);
    }

    @Test
    void deviceLostAfterASwapOpensTheReleaseThatIsServed() {
        try (EnginePipeline engine = pipeline()) {
            var reopened = new CopyOnWriteArrayList<FakeClassifier>();
            engine.swapTo(new Successor(
                    new FakeClassifier(4, 4, "2"),
                    () -> {
                        var again = new FakeClassifier(4, 4, "2");
                        reopened.add(again);
                        return again;
                    },
                    () -> {}));
            await().until(() -> engine.release().version().equals("2"));

            engine.submit(List.of(Scans.pending(0, FakeClassifier.LOST_GREY)));

            await().until(() -> !reopened.isEmpty());
            assertThat(opened).hasSize(1);
        }
    }

    @Test
    void successorOfALostEngineThatCannotBeOpenedAgainRunsTheBatchInHand() {
        var first = new FakeClassifier(4, 4);
        opened.add(first);
        var openings = new AtomicInteger();
        try (EnginePipeline engine = new EnginePipeline(
                () -> {
                    if (openings.incrementAndGet() > 1) {
                        throw new ClassifierException.EngineFailure("its weights are gone", null);
                    }
                    return first;
                },
                BatchLimits.of(4, 2),
                finished::add,
                health,
                metrics,
                Clock.systemUTC())) {
            first.breakDown();
            engine.submit(List.of(Scans.pending(0, 10), Scans.pending(1, 10)));
            await().until(() -> engine.isLost() && openings.get() > 1);

            engine.swapTo(new Successor(new FakeClassifier(4, 4, "2"), this::open, () -> {}));

            assertThat(versions(takeAll(engine))).containsExactly("2", "2");
            assertThat(engine.isLost()).isFalse();
            assertThat(engine.release().version()).isEqualTo("2");
            assertThat(first.isClosed()).isTrue();
        }
    }

    @Test
    void successorThatComesAfterTheEndIsClosed() {
        EnginePipeline engine = pipeline();
        engine.close();
        var late = new FakeClassifier(4, 4, "2");

        engine.swapTo(new Successor(late, () -> late, () -> {}));

        await().until(late::isClosed);
    }

    @Test
    void ofTwoSuccessorsWaitingTheNewerCountsAndTheOtherIsClosed() {
        var slot = new SwapSlot();
        var older = new FakeClassifier(4, 4, "2");
        var newer = new FakeClassifier(4, 4, "3");

        slot.offer(new Successor(older, () -> older, () -> {}));
        slot.offer(new Successor(newer, () -> newer, () -> {}));

        assertThat(older.isClosed()).isTrue();
        assertThat(slot.take())
                .isNotNull()
                .satisfies(taken -> assertThat(taken.classifier()).isSameAs(newer));
        assertThat(slot.take()).isNull();
        assertThat(newer.isClosed()).isFalse();
    }

    @Test
    void engineThatCannotBeOpenedStopsTheStart() {
        var failure = new FatalStageException(Stage.CLASSIFY, "no such device", null);

        assertThatThrownBy(() -> new EnginePipeline(
                        () -> {
                            throw failure;
                        },
                        BatchLimits.of(4, 2),
                        finished::add,
                        health,
                        metrics,
                        Clock.systemUTC()))
                .isSameAs(failure);
    }

    @Test
    void nativeLibraryThatCannotBeLinkedStopsTheStartWithAReason() {
        assertThatThrownBy(() -> new EnginePipeline(
                        () -> {
                            throw new UnsatisfiedLinkError("libtorch");
                        },
                        BatchLimits.of(4, 2),
                        finished::add,
                        health,
                        metrics,
                        Clock.systemUTC()))
                .isInstanceOf(ClassifierException.Unavailable.class)
                .hasMessageContaining("libtorch");
    }

    private EnginePipeline pipeline() {
        return new EnginePipeline(this::open, BatchLimits.of(4, 2), finished::add, health, metrics, Clock.systemUTC());
    }

    private Classifier open() {
        var fake = new FakeClassifier(4, 4);
        opened.add(fake);
        return fake;
    }

    private static List<String> versions(List<Outcome> outcomes) {
        return outcomes.stream()
                .map(outcome -> ((Outcome.Predicted) outcome).release().version())
                .toList();
    }

    private List<Outcome> takeAll(EnginePipeline engine) {
        await().until(() -> engine.inHand(Lane.ROUTINE) == 0);
        var all = new ArrayList<Outcome>();
        while (!finished.isEmpty()) {
            all.addAll(finished.remove());
        }
        return all;
    }
}
