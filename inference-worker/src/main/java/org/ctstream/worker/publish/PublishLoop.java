package org.ctstream.worker.publish;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.lifecycle.Backoff;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that publishes: works until it is told to end or fails, and pauses between two tries.
 *
 * <h2>Thread safety</h2>
 * {@link #pause} and {@link #succeeded} belong to the thread itself; the others are safe from any.
 */
final class PublishLoop {
    private static final Logger log = LoggerFactory.getLogger(PublishLoop.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration SLOWEST_RETRY = Duration.ofSeconds(5);
    /** Longer than a call to a broker that answers takes. */
    private static final Duration END_TIMEOUT = Duration.ofSeconds(20);

    private final Backoff backoff = new Backoff(FIRST_RETRY, SLOWEST_RETRY);
    private final CountDownLatch ending = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Thread thread;

    /** @param work returns once {@link #isEnding}; what it throws before that is for {@link #check} */
    PublishLoop(Work work) {
        this.thread = new Thread(() -> run(work), "publish");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** @throws FatalStageException if publishing has failed for a reason only a person can mend */
    void check() {
        Throwable ended = failure.get();
        if (ended instanceof FatalStageException fatal) {
            throw fatal;
        }
        if (ended != null) {
            throw new FatalStageException(Stage.CLASSIFY, "The publishing thread died: " + ended.getMessage(), ended);
        }
    }

    /** Publishing cannot go on; of several reasons the first counts. */
    void failed(Throwable reason) {
        failure.compareAndSet(null, reason);
    }

    boolean isEnding() {
        return ending.getCount() == 0;
    }

    /** Ends pauses, and the work as soon as it looks. */
    void requestEnd() {
        ending.countDown();
    }

    /** For work that waits for something else. */
    void interrupt() {
        thread.interrupt();
    }

    /** Waits until it has ended, within a bound. */
    void awaitEnd() {
        try {
            thread.join(END_TIMEOUT.toMillis());
            if (thread.isAlive()) {
                log.atWarn()
                        .addKeyValue("timeoutMs", END_TIMEOUT.toMillis())
                        .log("Publishing did not end in time; what it has in hand is settled by the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits before another try, longer each time until one succeeds; not once it is told to end. */
    void pause() throws InterruptedException {
        var unused = ending.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS);
    }

    void succeeded() {
        backoff.succeeded();
    }

    private void run(Work work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            if (isEnding()) {
                log.atDebug().setCause(e).log("Publishing was cut off by its end");
            } else {
                failed(e);
                log.atError().setCause(e).log("Publishing thread ended");
            }
        }
    }

    /** What the thread does. */
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException;
    }
}
