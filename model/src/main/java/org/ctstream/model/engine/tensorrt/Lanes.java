package org.ctstream.model.engine.tensorrt;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.ctstream.model.engine.support.Closing;

/** Lanes that callers take turns on. Thread-safe. */
final class Lanes implements AutoCloseable {
    private final List<Lane> all;
    private final Deque<Lane> free;
    private final Semaphore available;

    Lanes(List<Lane> lanes) {
        this.all = List.copyOf(lanes);
        this.free = new ArrayDeque<>(lanes);
        this.available = new Semaphore(lanes.size(), true);
    }

    int size() {
        return all.size();
    }

    /** Waits for a lane that nobody uses and works on it. */
    void withOne(Consumer<Lane> work) {
        available.acquireUninterruptibly();
        Lane lane;
        synchronized (free) {
            // The one used last: its memory is still in the processor's cache.
            lane = free.pop();
        }
        try {
            work.accept(lane);
        } finally {
            synchronized (free) {
                free.push(lane);
            }
            available.release();
        }
    }

    /** Frees every lane. Nobody may be using one. */
    @Override
    public void close() {
        Closing.all(all);
    }
}
