package org.ctstream.service.fetch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs reads on threads of its own and gives up on them after a time: a hung network share must not hang a stream
 * thread, and a read of one cannot always be interrupted. Reads that never return keep their thread and buffer, so there
 * is a most of them: beyond it nothing new is tried until one returns.
 */
final class TimeBound implements AutoCloseable {
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final ExecutorService threads;
    private final Duration bound;

    /**
     * @param bound longest time a caller waits for one read
     * @param maxReads most reads at once, those that hang among them
     */
    TimeBound(Duration bound, int maxReads) {
        this.bound = bound;
        this.threads = new ThreadPoolExecutor(
                0, maxReads, IDLE.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(), task -> {
                    var thread = new Thread(task, "claim-check");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** @throws IOException what the read throws, that it took too long, or that too many reads hang already */
    <T> T call(Callable<T> read) throws IOException {
        Future<T> future = submit(read);
        try {
            return future.get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("not read within " + bound.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var interrupted = new InterruptedIOException("told to stop");
            interrupted.initCause(e);
            throw interrupted;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } finally {
            future.cancel(true);
        }
    }

    private <T> Future<T> submit(Callable<T> read) throws IOException {
        try {
            return threads.submit(read);
        } catch (RejectedExecutionException e) {
            throw new IOException("reads of this store hang", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
