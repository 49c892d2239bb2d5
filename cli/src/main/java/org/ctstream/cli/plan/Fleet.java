package org.ctstream.cli.plan;

/**
 * How many workers, and over how many partitions they share the scans.
 *
 * @param needed workers that keep each engine below the wanted utilization
 * @param spare further ones, so that enough are up for the wanted share of the time
 * @param partitions of each scan topic
 */
record Fleet(int needed, int spare, int partitions) {
    /** Few per worker would share badly once one is gone: of 6 on 5 workers one has twice the others' load. */
    private static final int PARTITIONS_PER_WORKER = 4;

    /** What the catalogue has, and no reason to have fewer. */
    private static final int LEAST_PARTITIONS = 6;

    private static final int MOST_SPARE = 1_000;

    static Fleet of(Workload load) {
        double perWorker = load.engine().capacity() * load.mostUtilization();
        int needed = (int) Math.max(1, Math.ceil(load.scansPerSecond() / perWorker - 1e-9));
        int spare = 0;
        while (chanceOfEnough(needed, needed + spare, load.workerAvailability()) < load.availability()) {
            spare++;
            if (spare > MOST_SPARE) {
                throw new IllegalArgumentException("availability " + load.availability()
                        + " cannot be had with workers of " + load.workerAvailability());
            }
        }
        int workers = needed + spare;
        int partitions = workers * PARTITIONS_PER_WORKER;
        while (partitions < LEAST_PARTITIONS) {
            partitions += workers;
        }
        return new Fleet(needed, spare, partitions);
    }

    int workers() {
        return needed + spare;
    }

    /** Share of all scans that the busiest worker has if so many are up. */
    double largestShare(int up) {
        return Math.ceil(partitions / (double) up) / partitions;
    }

    /** Probability that at least so many of all are up, each by itself. */
    static double chanceOfEnough(int needed, int all, double up) {
        double sum = 0;
        for (int i = needed; i <= all; i++) {
            sum += Math.exp(logBinomial(all, i) + i * Math.log(up) + (all - i) * Math.log1p(-up));
        }
        return Math.min(1, sum);
    }

    private static double logBinomial(int n, int k) {
        double sum = 0;
        for (int i = 1; i <= k; i++) {
            sum += Math.log((n - k + i) / (double) i);
        }
        return sum;
    }
}
