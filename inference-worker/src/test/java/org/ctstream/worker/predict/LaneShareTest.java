package org.ctstream.worker.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.ctstream.schemas.topic.Lane;
import org.junit.jupiter.api.Test;

class LaneShareTest {
    @Test
    void lessThanItsShareBehindRoutineIsOwedNothingOnceItHasHadABatch() {
        var share = new LaneShare(0.1, 8);
        share.taken(Lane.ROUTINE, 8, true);

        for (int statScan = 1; statScan <= 72; statScan++) {
            assertThat(share.isRoutineOwed())
                    .as("after %s STAT scans", statScan - 1)
                    .isFalse();
            share.taken(Lane.STAT, 1, true);
        }
        share.taken(Lane.STAT, 1, true);

        assertThat(share.isRoutineOwed()).isTrue();
    }

    @Test
    void whatRoutineGotOvernightCountsForOneBatchOnly() {
        var share = new LaneShare(0.5, 4);
        for (int i = 0; i < 1_000; i++) {
            share.taken(Lane.ROUTINE, 4, true);
        }

        share.taken(Lane.STAT, 4, true);
        share.taken(Lane.STAT, 4, true);

        assertThat(share.isRoutineOwed()).isTrue();
    }

    @Test
    void statScansTakenWhileNoRoutineOneWaitsOweItNothing() {
        var share = new LaneShare(0.9, 4);

        share.taken(Lane.STAT, 4, false);

        assertThat(share.isRoutineOwed()).isFalse();
    }

    /** What the documentation promises: of n scans the engine takes, ROUTINE has its share but for a batch and a bit. */
    @Property(tries = 300)
    void inAFloodOfStatRoutineHasItsShareOfAnyRun(
            @ForAll @DoubleRange(min = 0.01, max = 0.9) double leastShare,
            @ForAll @IntRange(min = 1, max = 64) int batchSize,
            @ForAll @Size(min = 50, max = 400) List<@IntRange(min = 1, max = 64) Integer> statBatches) {
        var share = new LaneShare(leastShare, batchSize);
        long routine = 0;
        long all = 0;
        for (int wanted : statBatches) {
            boolean routineNext = share.isRoutineOwed();
            int scans = routineNext ? batchSize : Math.min(wanted, batchSize);
            share.taken(routineNext ? Lane.ROUTINE : Lane.STAT, scans, true);
            routine += routineNext ? scans : 0;
            all += scans;
            assertThat(routine).isGreaterThanOrEqualTo((long) Math.floor(leastShare * all) - batchSize);
        }
    }
}
