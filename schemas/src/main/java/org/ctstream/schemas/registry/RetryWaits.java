package org.ctstream.schemas.registry;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait between attempts: doubled each time up to a limit, and somewhere between half of that and all of it,
 * so that many workers do not come back at the same moment.
 *
 * @param maxRetries attempts after the first, 0 or more
 * @param firstMillis wait before the first retry
 * @param maxMillis longest wait
 */
record RetryWaits(int maxRetries, long firstMillis, long maxMillis) {
    /** @param attempt 0 for the first attempt, which waits for nothing */
    long millisBefore(int attempt) {
        if (attempt == 0 || firstMillis == 0) {
            return 0;
        }
        long wait = Math.min(maxMillis, firstMillis << Math.min(attempt - 1, 20));
        return wait <= 1 ? wait : ThreadLocalRandom.current().nextLong(wait / 2, wait + 1);
    }
}
