package org.ctstream.releases;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.ctstream.service.error.StageException;
import org.ctstream.service.lifecycle.Backoff;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps reading {@code ct.model.released} on a thread of its own. A broker or registry that is away is waited for, for
 * as long as it takes; then the topic is read anew, and nothing is said of it before its end.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class ReleaseFollower implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReleaseFollower.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration SLOWEST_RETRY = Duration.ofSeconds(10);
    private static final long CLOSE_TIMEOUT_MS = 10_000;

    private final ReleaseTopic topic;
    private final ReleaseListener listener;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "release-follower");
    private volatile ReleaseCatalogue catalogue = ReleaseCatalogue.EMPTY;
    private @Nullable CatalogueReader reader;

    private ReleaseFollower(ReleaseTopic topic, ReleaseListener listener) {
        this.topic = topic;
        this.listener = listener;
    }

    /** Begins to follow; returns at once, whether there is a broker or not. */
    public static ReleaseFollower start(ReleaseTopic topic, ReleaseListener listener) {
        var follower = new ReleaseFollower(topic, listener);
        follower.thread.setDaemon(true);
        follower.thread.start();
        return follower;
    }

    /** What the listener was last told; empty before the first time. */
    public ReleaseCatalogue catalogue() {
        return catalogue;
    }

    @Override
    public void close() {
        closing.countDown();
        synchronized (this) {
            if (reader != null) {
                reader.wakeup();
            }
        }
        try {
            thread.join(CLOSE_TIMEOUT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var backoff = new Backoff(FIRST_RETRY, SLOWEST_RETRY);
        boolean open = true;
        while (open) {
            try (CatalogueReader current = topic.open()) {
                open = keep(current) && follow(current, backoff);
            } catch (WakeupException | InterruptException e) {
                open = false;
            } catch (RuntimeException | Error e) {
                // An Error too: without this thread nobody would hear of a release any more, nor of that.
                open = pauseAfter(e, backoff);
            } finally {
                keep(null);
            }
        }
    }

    /** Until closed; then false. */
    private boolean follow(CatalogueReader current, Backoff backoff) {
        boolean told = false;
        while (!isClosing()) {
            boolean changed = current.poll(POLL);
            if (current.isCaughtUp() && (changed || !told)) {
                backoff.succeeded();
                told = true;
                catalogue = current.catalogue();
                listener.catalogue(catalogue);
            }
        }
        return false;
    }

    /** False if closed meanwhile. */
    private boolean pauseAfter(Throwable e, Backoff backoff) {
        // Missing rights are mended by people while we wait; a worker that serves goes on serving.
        StageException failure = topic.failure(e);
        log.atWarn()
                .addKeyValue("attempt", backoff.failures() + 1)
                .addKeyValue("reason", failure.getMessage())
                .log("Cannot follow the announced releases; trying again");
        listener.away(failure);
        try {
            return !closing.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** False if closed already: {@link #close} has missed this reader then. */
    private synchronized boolean keep(@Nullable CatalogueReader current) {
        reader = current;
        return !isClosing();
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }
}
