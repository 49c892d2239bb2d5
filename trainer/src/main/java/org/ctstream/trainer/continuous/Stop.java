package org.ctstream.trainer.continuous;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A request to stop that a waiting thread notices at once. Safe for use by any number of threads. */
final class Stop {
    private final CountDownLatch given = new CountDownLatch(1);

    void give() {
        given.countDown();
    }

    boolean isGiven() {
        return given.getCount() == 0;
    }

    /** Waits that long, or until the request is given. */
    void await(Duration wait) {
        try {
            var unused = given.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Who interrupts us has given the request or is about to; the caller looks for that next.
            Thread.currentThread().interrupt();
        }
    }

    /** @throws StoppedException if the request is given */
    void check() {
        if (isGiven()) {
            throw new StoppedException();
        }
    }

    /** Ends a run between two steps; its last checkpoint is whole. */
    static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StoppedException() {
            super("the trainer was asked to stop; the run goes on from its last checkpoint at the next start");
        }
    }
}
