package org.ctstream.worker.predict;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Room for one successor on its way to the engine's thread; the newest counts, and none stays open unused.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
final class SwapSlot {
    private @Nullable Successor waiting;
    private boolean ended;

    /** Takes the place of one that still waits; after the end it is closed at once. */
    void offer(Successor successor) {
        Successor unused;
        synchronized (this) {
            unused = ended ? successor : waiting;
            waiting = ended ? null : successor;
            notifyAll();
        }
        close(unused);
    }

    synchronized @Nullable Successor take() {
        Successor taken = waiting;
        waiting = null;
        return taken;
    }

    /** True as soon as a successor waits, false if none does when the time is up. */
    synchronized boolean awaitOffer(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        long left = atMost.toNanos();
        while (waiting == null && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = deadline - System.nanoTime();
        }
        return waiting != null;
    }

    /** No successor is taken any more. */
    void end() {
        Successor unused;
        synchronized (this) {
            ended = true;
            unused = waiting;
            waiting = null;
        }
        close(unused);
    }

    private static void close(@Nullable Successor unused) {
        if (unused != null) {
            unused.classifier().close();
        }
    }
}
