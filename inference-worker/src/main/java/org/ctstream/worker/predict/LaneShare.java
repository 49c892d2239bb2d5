package org.ctstream.worker.predict;

import org.ctstream.schemas.topic.Lane;

/**
 * Keeps account of the engine's work for each lane, so that ROUTINE gets its least share of the scans while some wait.
 *
 * <p>Every STAT scan taken while ROUTINE waits adds to what ROUTINE is owed, every ROUTINE scan takes off. What ROUTINE
 * got beforehand counts for one batch at most: after a quiet night it does not have to wait for long either.
 *
 * <h2>Thread safety</h2>
 * For one thread at a time.
 */
final class LaneShare {
    private final double owedPerStatScan;
    private final int mostPaidAhead;
    private double owed;

    /**
     * @param routineLeastShare least share of the scans, 0 to less than 1; 0 owes ROUTINE nothing
     * @param batchSize most scans in one batch
     */
    LaneShare(double routineLeastShare, int batchSize) {
        this.owedPerStatScan = routineLeastShare / (1 - routineLeastShare);
        this.mostPaidAhead = batchSize;
    }

    /** True if a batch of ROUTINE has to come before the next of STAT. */
    boolean isRoutineOwed() {
        return owed > 0;
    }

    /**
     * A batch goes to the engine.
     *
     * @param routineWaits whether ROUTINE scans are left behind
     */
    void taken(Lane lane, int scans, boolean routineWaits) {
        if (lane == Lane.ROUTINE) {
            owed = Math.max(owed - scans, -mostPaidAhead);
        } else if (routineWaits) {
            owed += scans * owedPerStatScan;
        }
    }
}
