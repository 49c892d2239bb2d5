package org.ctstream.cli.connect;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.ctstream.cli.CliException;

/**
 * Ends a reading that gets no further: a consumer whose brokers have gone away says nothing of it, and waits for ever.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
public final class Patience {
    private final String name;
    private final Duration bound;
    private final LongSupplier nanoTime;
    private long left = -1;
    private long since;

    /**
     * @param name what is read, for the message
     * @param bound longest time without a record
     * @param nanoTime usually {@code System::nanoTime}
     */
    public Patience(String name, Duration bound, LongSupplier nanoTime) {
        this.name = name;
        this.bound = bound;
        this.nanoTime = nanoTime;
    }

    /**
     * To be called each time round.
     *
     * @param offsetsLeft how far it is to the end
     * @throws CliException if that has been the same for too long
     */
    public void look(long offsetsLeft) {
        long now = nanoTime.getAsLong();
        if (offsetsLeft != left) {
            left = offsetsLeft;
            since = now;
        } else if (now - since > bound.toNanos()) {
            throw CliException.failure(
                    "Kafka has sent nothing of " + name + " for " + bound.toSeconds() + " s, though some " + left
                            + " records are still to come. Is a broker away? The same command begins anew when it is back.",
                    null);
        }
    }
}
