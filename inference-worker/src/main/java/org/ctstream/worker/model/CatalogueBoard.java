package org.ctstream.worker.model;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ctstream.releases.ReleaseCatalogue;
import org.ctstream.releases.ReleaseListener;
import org.ctstream.service.error.StageException;
import org.ctstream.service.health.Health;
import org.jspecify.annotations.Nullable;

/**
 * What is announced now, for threads that wait for news.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
final class CatalogueBoard implements ReleaseListener {
    private static final String PART = "releases";

    private final Health health;
    private @Nullable ReleaseCatalogue latest;
    private @Nullable StageException away;
    private long news;

    CatalogueBoard(Health health) {
        this.health = health;
    }

    @Override
    public synchronized void catalogue(ReleaseCatalogue catalogue) {
        latest = catalogue;
        away = null;
        health.forgetNote(PART);
        changed();
    }

    @Override
    public synchronized void away(StageException why) {
        away = why;
        health.note(PART, "announced releases cannot be followed for now: " + why.getMessage());
        changed();
    }

    /** Empty until everything is read that was announced at the start. */
    synchronized Optional<ReleaseCatalogue> latest() {
        return Optional.ofNullable(latest);
    }

    /** Why nothing can be read for now, if nothing can. */
    synchronized Optional<StageException> away() {
        return Optional.ofNullable(away);
    }

    /** Number of the newest piece of news; ask before looking, to miss none. */
    synchronized long news() {
        return news;
    }

    /** Returns when there is news after this number, or the time is up. */
    synchronized void awaitNewsAfter(long number, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        long left = atMost.toNanos();
        while (news <= number && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = deadline - System.nanoTime();
        }
    }

    private void changed() {
        news++;
        notifyAll();
    }
}
