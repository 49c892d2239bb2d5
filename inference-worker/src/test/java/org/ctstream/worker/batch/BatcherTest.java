package org.ctstream.worker.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.ctstream.worker.Scans;
import org.junit.jupiter.api.Test;

class BatcherTest {
    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private long now;

    @Test
    void fullBatchIsDueAtOnce() {
        Batcher batcher = batcher(2);
        batcher.add(Scans.pending(0, 10));
        assertThat(batcher.takeDue()).isEmpty();

        batcher.add(Scans.pending(1, 10));
        assertThat(batcher.nanosUntilDue()).isZero();
        assertThat(batcher.takeDue())
                .hasValueSatisfying(batch -> assertThat(batch).hasSize(2));
        assertThat(batcher.waiting()).isZero();
    }

    @Test
    void shortBatchIsDueWhenItsOldestScanHasWaitedLongEnough() {
        Batcher batcher = batcher(8);
        batcher.add(Scans.pending(0, 10));
        now += WAIT_NANOS / 2;
        batcher.add(Scans.pending(1, 10));
        assertThat(batcher.takeDue()).isEmpty();
        assertThat(batcher.nanosUntilDue()).isEqualTo(WAIT_NANOS / 2);

        now += WAIT_NANOS / 2;
        assertThat(batcher.takeDue())
                .hasValueSatisfying(batch -> assertThat(batch).hasSize(2));
    }

    @Test
    void nothingIsDueWhereNothingWaits() {
        assertThat(batcher(1).takeDue()).isEmpty();
        assertThat(batcher(1).nanosUntilDue()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void droppedScansAreInNoBatch() {
        Batcher batcher = batcher(2);
        batcher.add(Scans.pending(0, 10));
        batcher.add(Scans.pending(1, 10));

        batcher.dropIf(scan -> scan.original().offset() == 0);

        assertThat(batcher.waiting()).isEqualTo(1);
        assertThat(batcher.takeDue()).isEmpty();
    }

    @Property(tries = 200)
    void everyScanComesOutOnceInOrderAndNoBatchIsTooLarge(
            @ForAll @IntRange(min = 1, max = 9) int maxSize,
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 30) Integer> gapsMs) {
        Batcher batcher = batcher(maxSize);
        var out = new ArrayList<Long>();
        for (int i = 0; i < gapsMs.size(); i++) {
            now += TimeUnit.MILLISECONDS.toNanos(gapsMs.get(i));
            batcher.add(Scans.pending(i, 10));
            batcher.takeDue().ifPresent(batch -> collect(batch, maxSize, out));
        }
        now += WAIT_NANOS;
        while (batcher.waiting() > 0) {
            collect(batcher.takeDue().orElseThrow(), maxSize, out);
        }
        assertThat(out).isSorted().hasSize(gapsMs.size()).doesNotHaveDuplicates();
    }

    private static void collect(List<PendingScan> batch, int maxSize, List<Long> out) {
        assertThat(batch).hasSizeBetween(1, maxSize);
        batch.forEach(scan -> out.add(scan.original().offset()));
    }

    private Batcher batcher(int maxSize) {
        return new Batcher(maxSize, WAIT_NANOS, () -> now);
    }
}
