package org.ctstream.reliability.program;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.ctstream.cli.CliException;

/** Waits for what other processes do. */
public final class Patience {
    private static final long LOOK_EVERY_MS = 200;

    private Patience() {}

    /** Waits, at most so long, until something holds; returns whether it does. */
    public static boolean until(Duration longest, BooleanSupplier holds) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            pause(Duration.ofMillis(LOOK_EVERY_MS));
        }
        return true;
    }

    /**
     * The same, where there is no going on without.
     *
     * @throws CliException if it does not hold in time
     */
    public static void require(String what, Duration longest, BooleanSupplier holds) {
        if (!until(longest, holds)) {
            throw CliException.failure("Waited " + longest.toSeconds() + " s in vain: " + what, null);
        }
    }

    /** @throws CliException if this thread is interrupted */
    public static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.failure("Interrupted", e);
        }
    }
}
