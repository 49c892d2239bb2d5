package org.ctstream.worker.model;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.releases.ReleaseCatalogue;
import org.ctstream.service.lifecycle.Backoff;

/**
 * Which announcements could not be followed, and when each may be tried again. An announcement made anew is another one.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
final class Attempts {
    /** Longer than any process runs. */
    static final Duration NEVER = Duration.ofDays(365);

    private final Duration first;
    private final Duration slowest;
    private final LongSupplier nanoTime;
    private final Map<Long, Failed> byOffset = new HashMap<>();

    private record Failed(Backoff backoff, long since, Duration pause) {}

    /** @param nanoTime usually {@code System::nanoTime} */
    Attempts(Duration first, Duration slowest, LongSupplier nanoTime) {
        this.first = first;
        this.slowest = slowest;
        this.nanoTime = nanoTime;
    }

    /** Zero if it may be tried now, {@link #NEVER} if it cannot work. */
    Duration untilDue(AnnouncedRelease release) {
        Failed failed = byOffset.get(release.offset());
        if (failed == null || failed.pause().equals(NEVER)) {
            return failed == null ? Duration.ZERO : NEVER;
        }
        Duration left = failed.pause().minusNanos(nanoTime.getAsLong() - failed.since());
        return left.isNegative() ? Duration.ZERO : left;
    }

    void failed(AnnouncedRelease release, ReleaseFailure failure) {
        Failed before = byOffset.get(release.offset());
        Backoff backoff = before == null ? new Backoff(first, slowest) : before.backoff();
        Duration pause = failure.mayPass() ? backoff.next() : NEVER;
        byOffset.put(release.offset(), new Failed(backoff, nanoTime.getAsLong(), pause));
    }

    /** Forgets what is not in production any more. */
    void keepOnlyThoseOf(ReleaseCatalogue catalogue) {
        byOffset.keySet()
                .retainAll(catalogue.inProduction().stream()
                        .map(AnnouncedRelease::offset)
                        .collect(Collectors.toSet()));
    }
}
