package org.ctstream.cli.plan;

/**
 * What one worker's engine takes for a batch: a fixed part and one for each scan.
 *
 * @param fixedSeconds of every batch, whatever its size, 0 or more
 * @param scanSeconds of each scan in it, 0 or more; not both 0
 * @param maxBatch scans in the largest batch, 1 or more
 */
record BatchCost(double fixedSeconds, double scanSeconds, int maxBatch) {
    BatchCost {
        if (!(fixedSeconds >= 0 && scanSeconds >= 0 && fixedSeconds + scanSeconds > 0)) {
            throw new IllegalArgumentException("fixedSeconds " + fixedSeconds + " and scanSeconds " + scanSeconds
                    + " (expected: 0 or more, not both 0)");
        }
        if (maxBatch < 1) {
            throw new IllegalArgumentException("maxBatch " + maxBatch + " (expected: 1 or more)");
        }
    }

    /**
     * The cost of an engine of which two points are known.
     *
     * @param scansPerSecond with full batches
     * @param loneScanSeconds for a batch of one; held between what a scan takes in a full batch and the whole batch's time
     */
    static BatchCost of(double scansPerSecond, double loneScanSeconds, int maxBatch) {
        double full = maxBatch / scansPerSecond;
        if (maxBatch == 1) {
            return new BatchCost(0, full, 1);
        }
        double lone = Math.max(full / maxBatch, Math.min(full, loneScanSeconds));
        double scan = (full - lone) / (maxBatch - 1);
        return new BatchCost(lone - scan, scan, maxBatch);
    }

    double seconds(double scans) {
        return fixedSeconds + scanSeconds * scans;
    }

    /** Scans per second with full batches: the most the engine can do. */
    double capacity() {
        return maxBatch / seconds(maxBatch);
    }
}
