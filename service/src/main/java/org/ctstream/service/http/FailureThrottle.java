package org.ctstream.service.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Bounds how often credentials can be guessed: an address with {@value #MOST_FAILURES} wrong ones within a minute waits
 * for the minute to end, whatever it sends. Of many addresses the oldest are forgotten.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
final class FailureThrottle {
    static final int MOST_FAILURES = 20;
    static final long WINDOW_SECONDS = 60;

    private static final int MOST_ADDRESSES = 1_000;
    private static final long WINDOW_NANOS = WINDOW_SECONDS * 1_000_000_000L;

    private final LongSupplier nanoTime;
    private final Map<String, Failures> failures = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    FailureThrottle(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized boolean isBlocked(String address) {
        Failures known = failures.get(address);
        return known != null && !isOver(known) && known.count() >= MOST_FAILURES;
    }

    synchronized void failed(String address) {
        Failures known = failures.get(address);
        failures.put(
                address,
                known == null || isOver(known)
                        ? new Failures(nanoTime.getAsLong(), 1)
                        : new Failures(known.since(), known.count() + 1));
    }

    private boolean isOver(Failures known) {
        return nanoTime.getAsLong() - known.since() >= WINDOW_NANOS;
    }

    private record Failures(long since, int count) {}
}
