package org.ctstream.reliability.load;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.ctstream.cli.CliException;
import org.jspecify.annotations.Nullable;

/** Publishes so many scans a second, whatever becomes of them. Thread-safe. */
public final class SteadyFlow implements AutoCloseable {
    private final ScanFlow flow;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(run -> {
        var thread = new Thread(run, "steady-flow");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    /** @param flow to be closed by its owner, after this */
    @SuppressWarnings("FutureReturnValueIgnored") // it keeps its failure
    public SteadyFlow(ScanFlow flow, double perSecond) {
        this.flow = flow;
        long nanos = Math.max(1, (long) (TimeUnit.SECONDS.toNanos(1) / perSecond));
        timer.scheduleAtFixedRate(this::publish, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    public Set<String> acknowledged() {
        return flow.acknowledged();
    }

    public List<String> refused() {
        return flow.refused();
    }

    /**
     * Publishes no more and waits until the brokers have everything.
     *
     * @throws CliException if publishing had failed
     */
    public void stop() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(3, TimeUnit.MINUTES)) {
                throw CliException.failure("Publishing does not come to its end", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.failure("Interrupted", e);
        }
        flow.flush();
        RuntimeException why = failure.get();
        if (why != null) {
            throw CliException.failure("Publishing has failed: " + why, why);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void publish() {
        try {
            flow.publish(1);
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }
}
