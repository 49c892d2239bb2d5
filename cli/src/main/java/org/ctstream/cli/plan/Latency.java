package org.ctstream.cli.plan;

/**
 * Milliseconds from published to stored, in the busiest hour.
 *
 * @param atWorker waiting for the engine and computing
 * @param besides publisher, ingest, Kafka and sink
 */
record Latency(double mean, double p50, double p95, double p99, double atWorker, double besides) {
    private static final double MILLIS = 1_000;

    /** As measured on two cores for a lone scan: 33 ms at the median, 50 ms at the 99th percentile. */
    private static final double BESIDES_P50 = 33;

    private static final double BESIDES_P99 = 50;

    /** Ingest commits at once what comes after this long without a scan, and waits for company otherwise. */
    private static final double LULL_SECONDS = 0.025;

    private static final double COMMIT_INTERVAL_MS = 250;

    /** @param threads of ingest among which the scans are shared */
    static Latency of(Workload load, Times worker, int threads) {
        double perThread = load.scansPerSecond() / threads;
        double crowd = 1 - Math.exp(-perThread * LULL_SECONDS);
        double commit = crowd * COMMIT_INTERVAL_MS / 2;
        double besides = BESIDES_P50 + commit;
        double besidesLate = BESIDES_P99 + (crowd > 0.01 ? COMMIT_INTERVAL_MS : 0);
        return new Latency(
                worker.mean() * MILLIS + besides,
                worker.p50() * MILLIS + besides,
                // Late at both: an upper bound, for the two are not late together.
                worker.p95() * MILLIS + besidesLate,
                worker.p99() * MILLIS + besidesLate,
                worker.mean() * MILLIS,
                besides);
    }
}
