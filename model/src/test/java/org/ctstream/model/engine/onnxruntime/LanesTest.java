package org.ctstream.model.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanesTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 5", "3, 1", "3, 2", "3, 3", "3, 50"})
    void everyPartIsDoneOnce(int count, int parts) {
        Queue<Integer> done = new ConcurrentLinkedQueue<>();
        try (Lanes lanes = new Lanes(count)) {
            lanes.each(parts, done::add);
        }

        assertThat(done)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, parts).boxed().toList());
    }

    @Test
    void partsAreDoneAtTheSameTime() {
        CyclicBarrier all = new CyclicBarrier(3);
        Queue<String> threads = new ConcurrentLinkedQueue<>();
        try (Lanes lanes = new Lanes(3)) {
            lanes.each(3, part -> {
                meet(all);
                threads.add(Thread.currentThread().getName());
            });
        }

        assertThat(threads)
                .doesNotHaveDuplicates()
                .contains(Thread.currentThread().getName());
    }

    @Test
    void workOfOnePartStaysInItsCallersThread() {
        try (Lanes lanes = new Lanes(3)) {
            lanes.each(1, part -> assertThat(Thread.currentThread().getName()).doesNotContain("ctstream"));
        }
    }

    @Test
    void callersTogetherHaveNoMoreThanTheLanesAndAloneHasThemAll() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Queue<Integer> besideAlone = new ConcurrentLinkedQueue<>();
        ExecutorService callers = Executors.newFixedThreadPool(6);
        try (Lanes lanes = new Lanes(2)) {
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                calls.add(() -> {
                    lanes.each(5, part -> {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        Thread.onSpinWait();
                        running.decrementAndGet();
                    });
                    lanes.alone(() -> besideAlone.add(running.get()));
                    return true;
                });
            }
            callers.invokeAll(calls).forEach(LanesTest::get);
        } finally {
            callers.shutdownNow();
        }

        assertThat(most.get()).isBetween(1, 2);
        assertThat(besideAlone).hasSize(60).containsOnly(0);
    }

    @Test
    void failureIsThrownWhenNoPartIsRunningAndTheRestIsLeftOut() {
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        try (Lanes lanes = new Lanes(2)) {
            assertThatThrownBy(() -> lanes.each(1_000, part -> {
                        begun.incrementAndGet();
                        if (part == 3) {
                            ended.incrementAndGet();
                            throw new IllegalStateException("part 3");
                        }
                        Thread.onSpinWait();
                        ended.incrementAndGet();
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("part 3");
            assertThat(ended.get()).isEqualTo(begun.get()).isLessThan(1_000);

            lanes.each(2, part -> begun.incrementAndGet());
        }
    }

    @Test
    void errorIsThrownAsWell() {
        try (Lanes lanes = new Lanes(1)) {
            assertThatThrownBy(() -> lanes.each(1, part -> {
                        throw new StackOverflowError();
                    }))
                    .isInstanceOf(StackOverflowError.class);
        }
    }

    @Test
    void threadsEndWithTheLanes() {
        Queue<Thread> helpers = new ConcurrentLinkedQueue<>();
        CyclicBarrier both = new CyclicBarrier(2);
        try (Lanes lanes = new Lanes(2)) {
            lanes.each(2, part -> {
                meet(both);
                helpers.add(Thread.currentThread());
            });
        }
        helpers.remove(Thread.currentThread());

        assertThat(helpers).hasSize(1);
        await().untilAsserted(() -> assertThat(helpers).noneMatch(Thread::isAlive));
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean get(Future<Boolean> call) {
        try {
            return call.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
