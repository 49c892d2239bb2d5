package org.ctstream.model.engine.none;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.ctstream.model.classify.EngineOptions.SimulatedCost;

/**
 * Lets time pass as if a device computed one batch after the other. The processor is free meanwhile, as it is while a real
 * device computes; the operating system adds some 60 microseconds to every wait.
 */
final class SimulatedDevice {
    private final Lock oneBatchAtATime = new ReentrantLock();
    private final SimulatedCost cost;

    SimulatedDevice(SimulatedCost cost) {
        this.cost = cost;
    }

    void compute(int slices) {
        long nanos = cost.of(slices).toNanos();
        if (nanos == 0) {
            return;
        }
        oneBatchAtATime.lock();
        try {
            waitUntil(System.nanoTime() + nanos);
        } finally {
            oneBatchAtATime.unlock();
        }
    }

    /** An interrupt is kept for the caller and does not shorten the wait: a device cannot be interrupted either. */
    private void waitUntil(long deadlineNanos) {
        boolean interrupted = false;
        for (long left = deadlineNanos - System.nanoTime(); left > 0; left = deadlineNanos - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
