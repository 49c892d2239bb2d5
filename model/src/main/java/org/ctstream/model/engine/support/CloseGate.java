package org.ctstream.model.engine.support;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Lets any number of callers work until it is closed; closing waits for those inside.
 *
 * <p>Native memory must not be freed under a running call: the engine would read freed memory, which ends the process.
 *
 * <h2>Thread safety</h2>
 *
 * Thread-safe, except that a caller inside must not close it.
 */
public final class CloseGate {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final String what;
    private boolean closed;

    /** @param what name of the thing behind the gate, for the message */
    public CloseGate(String what) {
        this.what = what;
    }

    /**
     * Does the work, unless the gate is closed.
     *
     * @throws IllegalStateException if it is closed
     */
    public <T> T pass(Supplier<T> work) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException(what + " is closed");
            }
            return work.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Closes the gate and frees what is behind it, once nobody is inside; does nothing if it is closed. */
    public void close(Runnable free) {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                free.run();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
