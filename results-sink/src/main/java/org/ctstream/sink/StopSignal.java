package org.ctstream.sink;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;

/** A request to stop that a waiting thread notices at once. Safe for use by any number of threads. */
final class StopSignal {
    private final CountDownLatch given = new CountDownLatch(1);

    void give() {
        given.countDown();
    }

    boolean isGiven() {
        return given.getCount() == 0;
    }

    /** Waits that long, or until the signal is given. */
    void await(Duration wait) {
        try {
            var unused = given.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FatalStageException(Stage.STORE, "Interrupted while waiting for the database", e);
        }
    }
}
