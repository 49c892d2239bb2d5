package org.ctstream.worker.predict;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.worker.Scans;
import org.ctstream.worker.batch.PendingScan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BatchQueueTest {
    private static final Duration WAIT = Duration.ofMillis(20);

    private long now;

    @Test
    void idleEngineTakesWhatIsThereAtOnce() throws Exception {
        BatchQueue queue = queue(8, 2, Duration.ZERO);

        queue.add(scans(0, 3));

        assertThat(offsets(queue.take(Duration.ZERO))).containsExactly(0L, 1L, 2L);
        assertThat(queue.take(Duration.ZERO)).isNull();
    }

    @Test
    void batchesFillUpWhileTheEngineIsBusyAndAreTakenInOrder() throws Exception {
        BatchQueue queue = queue(4, 3, Duration.ZERO);
        queue.add(scans(0, 1));
        PreparedBatch withEngine = queue.take(Duration.ZERO);

        queue.add(scans(1, 2));
        queue.add(scans(3, 4));
        assertThat(queue.room(Lane.ROUTINE)).isEqualTo(2);

        assertThat(offsets(withEngine)).containsExactly(0L);
        assertThat(offsets(queue.take(Duration.ZERO))).containsExactly(1L, 2L, 3L, 4L);
        assertThat(offsets(queue.take(Duration.ZERO))).containsExactly(5L, 6L);
    }

    @Test
    void waitingEngineIsWokenByAScan() {
        BatchQueue queue = new BatchQueue(BatchLimits.of(8, 2), FakeReleases.release(), System::nanoTime);
        CompletableFuture<List<Long>> taken = CompletableFuture.supplyAsync(() -> {
            try {
                return offsets(queue.take(Duration.ofSeconds(30)));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        queue.add(scans(0, 1));

        assertThat(taken.orTimeout(10, TimeUnit.SECONDS).join()).containsExactly(0L);
    }

    @Test
    void batchThatMayWaitIsTakenWhenItIsFullOrHasWaitedOrSomebodyIsInAHurry() throws Exception {
        BatchQueue queue = queue(2, 3, WAIT);

        queue.add(scans(0, 1));
        assertThat(queue.take(Duration.ZERO)).isNull();
        now += WAIT.toNanos();
        assertThat(offsets(queue.take(Duration.ZERO))).containsExactly(0L);

        queue.add(scans(1, 2));
        assertThat(offsets(queue.take(Duration.ZERO))).containsExactly(1L, 2L);

        queue.add(scans(3, 1));
        assertThat(queue.take(Duration.ZERO)).isNull();
        queue.hurry(Lane.ROUTINE, true);
        assertThat(offsets(queue.take(Duration.ZERO))).containsExactly(3L);
    }

    @Test
    void roomEndsWhenAllBatchesAreFullAndComesBackWithABatch() throws Exception {
        BatchQueue queue = queue(2, 2, Duration.ZERO);
        queue.add(scans(0, 4));
        assertThat(queue.room(Lane.ROUTINE)).isZero();
        assertThatThrownBy(() -> queue.add(scans(4, 1))).isInstanceOf(IllegalStateException.class);

        PreparedBatch taken = queue.take(Duration.ZERO);
        assertThat(queue.room(Lane.ROUTINE)).isZero();
        assertThat(taken).isNotNull();
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
            try {
                queue.awaitRoom(Lane.ROUTINE, Duration.ofSeconds(30));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        queue.giveBack(taken);

        await().untilAsserted(() -> assertThat(waiting).isCompleted());
        assertThat(queue.room(Lane.ROUTINE)).isEqualTo(2);
    }

    @Test
    void statScanIsInTheNextBatchThoughAllRoutineBatchesAreFull() throws Exception {
        BatchQueue queue = queue(2, 3, Duration.ZERO);
        queue.add(scans(0, 6));
        assertThat(queue.room(Lane.ROUTINE)).isZero();
        assertThat(queue.room(Lane.STAT)).isEqualTo(6);

        queue.add(List.of(Scans.stat(0)));

        assertThat(names(queue.take(Duration.ZERO))).containsExactly("stat-0");
        assertThat(names(queue.take(Duration.ZERO))).containsExactly("scan-0", "scan-1");
    }

    @Test
    void statScanDoesNotWaitForItsBatchToBecomeFull() throws Exception {
        BatchQueue queue = queue(8, 3, WAIT);
        queue.add(scans(0, 1));
        queue.add(List.of(Scans.stat(0)));

        assertThat(names(queue.take(Duration.ZERO))).containsExactly("stat-0");
        assertThat(queue.take(Duration.ZERO)).isNull();
    }

    @Test
    void statScansKeepTheirOrderAndBatchesOfTheLanesDoNotMix() throws Exception {
        BatchQueue queue = queue(2, 2, Duration.ZERO);
        queue.add(scans(0, 1));
        queue.add(List.of(Scans.stat(0), Scans.stat(1), Scans.stat(2)));

        assertThat(names(queue.take(Duration.ZERO))).containsExactly("stat-0", "stat-1");
        assertThat(queue.room(Lane.STAT)).isEqualTo(1);
    }

    @Test
    void floodOfStatLeavesRoutineItsShare() throws Exception {
        BatchQueue queue = queue(4, 2, Duration.ZERO);
        var taken = new ArrayList<String>();
        long routine = 0;
        long stat = 0;
        for (int batch = 0; batch < 200; batch++) {
            int room = queue.room(Lane.ROUTINE);
            queue.add(scans(routine, room));
            routine += room;
            while (queue.room(Lane.STAT) > 0) {
                queue.add(List.of(Scans.stat(stat++)));
            }
            PreparedBatch next = queue.take(Duration.ZERO);
            taken.addAll(names(next));
            queue.giveBack(java.util.Objects.requireNonNull(next));
        }

        assertThat(taken).filteredOn(name -> name.startsWith("scan-")).hasSizeBetween(72, 88);
    }

    @Property(tries = 200)
    void everyScanComesOutOnceInOrderAndNoBatchIsTooLarge(
            @ForAll @IntRange(min = 1, max = 9) int maxSize,
            @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 12) Integer> arrivals)
            throws Exception {
        BatchQueue queue = queue(maxSize, 12, WAIT);
        var out = new ArrayList<Long>();
        long next = 0;
        for (int arriving : arrivals) {
            int count = Math.min(arriving, queue.room(Lane.ROUTINE));
            queue.add(scans(next, count));
            next += count;
            now += TimeUnit.MILLISECONDS.toNanos(arriving);
            collect(queue, maxSize, out);
        }
        queue.hurry(Lane.ROUTINE, true);
        while (collect(queue, maxSize, out)) {
            assertThat(out).isSorted();
        }
        assertThat(out)
                .containsExactlyElementsOf(LongStream.range(0, next).boxed().toList());
    }

    private static boolean collect(BatchQueue queue, int maxSize, List<Long> out) throws InterruptedException {
        PreparedBatch batch = queue.take(Duration.ZERO);
        if (batch == null) {
            return false;
        }
        assertThat(offsets(batch)).hasSizeBetween(1, maxSize);
        out.addAll(offsets(batch));
        queue.giveBack(batch);
        return true;
    }

    private static List<Long> offsets(@Nullable PreparedBatch batch) {
        assertThat(batch).isNotNull();
        return batch.classifiable().stream()
                .map(scan -> scan.original().offset())
                .toList();
    }

    private static List<String> names(@Nullable PreparedBatch batch) {
        assertThat(batch).isNotNull();
        return batch.classifiable().stream()
                .map(scan -> new String(scan.original().key(), UTF_8))
                .toList();
    }

    private static List<PendingScan> scans(long first, int count) {
        return LongStream.range(first, first + count)
                .mapToObj(offset -> Scans.pending(offset, 10))
                .toList();
    }

    private BatchQueue queue(int maxSize, int inFlight, Duration maxWait) {
        return new BatchQueue(new BatchLimits(maxSize, inFlight, maxWait, 0.1), FakeReleases.release(), () -> now);
    }
}
