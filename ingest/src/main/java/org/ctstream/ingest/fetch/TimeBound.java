package org.ctstream.ingest.fetch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs reads on threads of its own and gives up on them after a time: a hung network share must not hang a stream
 * thread, and a read of one cannot always be interrupted.
 */
final class TimeBound implements AutoCloseable {
    private final ExecutorService threads;
    private final Duration bound;

    TimeBound(Duration bound) {
        this.bound = bound;
        this.threads = Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "claim-check");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @throws IOException what the read throws, or that it took too long */
    <T> T call(Callable<T> read) throws IOException {
        Future<T> future = threads.submit(read);
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

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
