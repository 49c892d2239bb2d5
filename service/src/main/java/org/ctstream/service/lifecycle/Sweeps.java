package org.ctstream.service.lifecycle;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again for what there is to do, at once and then in intervals, on a thread of its own until closed. Whatever
 * one sweep fails of, the next one comes.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class Sweeps implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Sweeps.class);
    private static final long CLOSE_TIMEOUT_MS = 15_000;

    private final Consumer<BooleanSupplier> sweep;
    private final Duration interval;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private Sweeps(String name, Duration interval, Consumer<BooleanSupplier> sweep) {
        this.sweep = sweep;
        this.interval = interval;
        this.thread = new Thread(this::run, name);
    }

    /**
     * Begins.
     *
     * @param interval time between two sweeps
     * @param sweep given what says whether to break off
     */
    public static Sweeps start(String name, Duration interval, Consumer<BooleanSupplier> sweep) {
        var sweeps = new Sweeps(name, interval, sweep);
        sweeps.thread.setDaemon(true);
        sweeps.thread.start();
        return sweeps;
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSE_TIMEOUT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                sweep();
            } while (!closing.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        try {
            sweep.accept(() -> closing.getCount() == 0);
        } catch (RuntimeException e) {
            // Without this thread nobody would look again.
            log.atError().addKeyValue("sweep", thread.getName()).setCause(e).log("A sweep failed; the next one comes");
        }
    }
}
