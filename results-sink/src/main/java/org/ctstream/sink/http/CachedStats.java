package org.ctstream.sink.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.ctstream.sink.store.Stats;
import org.jspecify.annotations.Nullable;

/**
 * Counts at most once a second however many pages look, and less often the longer a count takes: a tenth of the time
 * is the most it may have.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads; one counts, the others wait for it.
 */
final class CachedStats {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final int TIMES_THE_COST = 10;

    private final Supplier<Stats> count;
    private final Clock clock;
    private @Nullable Stats latest;
    private Instant goodUntil = Instant.EPOCH;

    CachedStats(Supplier<Stats> count, Clock clock) {
        this.count = count;
        this.clock = clock;
    }

    synchronized Stats get() {
        Instant begun = clock.instant();
        if (latest == null || !begun.isBefore(goodUntil)) {
            latest = count.get();
            Duration rest = Duration.between(begun, clock.instant()).multipliedBy(TIMES_THE_COST);
            goodUntil = clock.instant().plus(rest.compareTo(SHORTEST) > 0 ? rest : SHORTEST);
        }
        return latest;
    }
}
