package org.ctstream.reliability.load;

import java.time.Duration;
import org.ctstream.reliability.cluster.Json;
import org.ctstream.reliability.cluster.ServiceProcess;
import org.ctstream.reliability.program.Patience;

/** How many results are stored, as the sink said last: it may be down when it is asked. Thread-safe. */
public final class StoredCount implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final ServiceProcess sink;
    private final Thread thread;
    private volatile long count;
    private volatile long lastMove = System.nanoTime();
    private volatile boolean closed;

    public StoredCount(ServiceProcess sink) {
        this.sink = sink;
        this.thread = new Thread(this::follow, "stored-count");
        thread.setDaemon(true);
        thread.start();
    }

    public long now() {
        return count;
    }

    /** Since when it has not changed. */
    public Duration standingStill() {
        return Duration.ofNanos(System.nanoTime() - lastMove);
    }

    /**
     * Waits until so many are stored, for as long as it goes on; the count at the end tells the rest.
     *
     * @param stuck how long it may stand still
     * @return whether there are so many
     */
    public boolean await(long wanted, Duration stuck) {
        lastMove = System.nanoTime();
        boolean unused =
                Patience.until(LONGEST, () -> count >= wanted || standingStill().compareTo(stuck) > 0);
        return count >= wanted;
    }

    /** The same for one question to a sink that nobody strikes. */
    public static boolean awaitAll(ServiceProcess sink, long wanted) {
        try (var stored = new StoredCount(sink)) {
            return stored.await(wanted, Duration.ofMinutes(1));
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void follow() {
        while (!closed) {
            sink.page("/api/stats").ifPresent(this::read);
            try {
                Thread.sleep(EVERY.toMillis());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void read(String page) {
        long stored = Json.read(page).path("stored").asLong(count);
        if (stored != count) {
            count = stored;
            lastMove = System.nanoTime();
        }
    }
}
