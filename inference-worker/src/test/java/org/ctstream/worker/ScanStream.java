package org.ctstream.worker;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Publishes scans at a steady rate until it is closed, under ids prefix-N-0 and so on. */
final class ScanStream implements AutoCloseable {
    private static final int INTERVAL_MS = 50;

    private final int atOnce;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger rounds = new AtomicInteger();

    /** @param atOnce scans in one of twenty rounds a second */
    @SuppressWarnings("FutureReturnValueIgnored") // a failed publish ends the rounds, and published() tells
    ScanStream(Cluster cluster, String prefix, int atOnce) {
        this.atOnce = atOnce;
        timer.scheduleAtFixedRate(
                () -> {
                    cluster.publish(prefix + "-" + rounds.get(), atOnce, 0);
                    rounds.incrementAndGet();
                },
                0,
                INTERVAL_MS,
                TimeUnit.MILLISECONDS);
    }

    /** Scans that Kafka has. */
    int published() {
        return rounds.get() * atOnce;
    }

    /** Lets the running round end. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("A round of scans is not published after 30 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
