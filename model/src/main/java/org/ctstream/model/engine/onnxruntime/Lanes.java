package org.ctstream.model.engine.onnxruntime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Does the parts of a piece of work, a fixed number of them at the same time for all callers together. The caller's own
 * thread does its share, so that work of one part never waits for another thread.
 *
 * <h2>Thread safety</h2>
 *
 * Thread-safe. It must not be closed while somebody works.
 */
final class Lanes implements AutoCloseable {
    private static final long LONGEST_END_SECONDS = 60;

    private final int count;
    private final Semaphore free;
    private final ExecutorService helpers;

    /** @param count parts done at the same time, at least 1 */
    Lanes(int count) {
        this.count = count;
        this.free = new Semaphore(count, true);
        this.helpers = Executors.newFixedThreadPool(Math.max(1, count - 1), named("ctstream-onnxruntime-"));
    }

    /** Does one thing that takes all lanes. */
    void alone(Runnable work) {
        free.acquireUninterruptibly(count);
        try {
            work.run();
        } finally {
            free.release(count);
        }
    }

    /**
     * Does the parts from 0 to the given number (exclusive), in any order, and returns when none of them is running.
     *
     * @throws RuntimeException as the first part that failed did; parts that had not begun by then are left out
     */
    void each(int parts, IntConsumer work) {
        Round round = new Round(parts, work);
        for (int helper = 1; helper < Math.min(count, parts); helper++) {
            helpers.execute(round);
        }
        round.run();
        round.awaitEnd();
    }

    @Override
    public void close() {
        helpers.shutdown();
        boolean interrupted = false;
        try {
            // Nobody works any more: what is left in the queue finds no part to do.
            if (!helpers.awaitTermination(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a thread of the classifier did not end");
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** The parts of one caller, taken one by one by its own thread and by helpers. */
    private final class Round implements Runnable {
        private final int parts;
        private final IntConsumer work;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger left;
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        private final CompletableFuture<Void> end = new CompletableFuture<>();

        Round(int parts, IntConsumer work) {
            this.parts = parts;
            this.work = work;
            this.left = new AtomicInteger(parts);
        }

        @Override
        public void run() {
            for (int part = next.getAndIncrement(); part < parts; part = next.getAndIncrement()) {
                free.acquireUninterruptibly();
                try {
                    if (failure.get() == null) {
                        work.accept(part);
                    }
                } catch (Throwable e) {
                    failure.compareAndSet(null, e);
                } finally {
                    free.release();
                    if (left.decrementAndGet() == 0) {
                        end.complete(null);
                    }
                }
            }
        }

        void awaitEnd() {
            end.join();
            Throwable failed = failure.get();
            if (failed instanceof Error error) {
                throw error;
            }
            if (failed instanceof RuntimeException exception) {
                throw exception;
            }
        }
    }
}
