package org.ctstream.sink.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.ctstream.service.error.StageException;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is looked for at most once a second however many pages ask, and less often the longer it takes: a tenth of
 * the time is the most that may have. A failure is kept for up to five seconds too, so that pages do not queue for what is
 * away.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads; one looks, the others wait for it.
 */
final class Cached<T> {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST_FAILURE = Duration.ofSeconds(5);
    private static final int TIMES_THE_COST = 10;

    private final Supplier<T> source;
    private final Clock clock;
    private @Nullable T latest;
    private @Nullable StageException failure;
    private Instant goodUntil = Instant.EPOCH;

    Cached(Supplier<T> source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /** @throws StageException as the source did when it was last asked */
    synchronized T get() {
        Instant begun = clock.instant();
        if (!begun.isBefore(goodUntil)) {
            look();
            Duration rest = Duration.between(begun, clock.instant()).multipliedBy(TIMES_THE_COST);
            if (failure != null && rest.compareTo(LONGEST_FAILURE) > 0) {
                rest = LONGEST_FAILURE;
            }
            goodUntil = clock.instant().plus(rest.compareTo(SHORTEST) > 0 ? rest : SHORTEST);
        }
        if (failure != null || latest == null) {
            throw failure == null ? new IllegalStateException("never asked") : failure;
        }
        return latest;
    }

    private void look() {
        try {
            latest = source.get();
            failure = null;
        } catch (StageException e) {
            failure = e;
        }
    }
}
