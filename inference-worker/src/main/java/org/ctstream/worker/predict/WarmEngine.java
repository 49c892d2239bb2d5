package org.ctstream.worker.predict;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.ctstream.model.classify.Classifier;
import org.ctstream.service.health.Health;
import org.ctstream.service.health.HealthParts;
import org.ctstream.service.lifecycle.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the engine and opens it again after its device was lost. */
final class WarmEngine {
    static final String PART = HealthParts.ENGINE;

    private static final Logger log = LoggerFactory.getLogger(WarmEngine.class);
    private static final Duration FIRST_REOPEN = Duration.ofMillis(500);
    private static final Duration SLOWEST_REOPEN = Duration.ofSeconds(30);

    private final Health health;
    private volatile Supplier<Classifier> opener;
    private volatile boolean lost;

    /** Its engine thread calls it; {@link #isLost} may be asked by any. */
    WarmEngine(Supplier<Classifier> opener, Health health) {
        this.opener = opener;
        this.health = health;
    }

    /** True from the loss of the device until it is open again. */
    boolean isLost() {
        return lost;
    }

    Classifier open() {
        Classifier classifier = opener.get();
        found();
        return classifier;
    }

    /** Another classifier serves: from now on this is what is opened after the device was lost. */
    void opensWith(Supplier<Classifier> other) {
        opener = other;
        found();
    }

    /**
     * Tries until the device is back, a successor waits or the worker stops. A device that has worked may be away for any
     * reason, a missing driver included, so every failure is tried again; and where the release is the reason, another
     * one is the way out.
     *
     * @return empty if a successor waits
     * @throws InterruptedException if the worker stops before the device is back
     */
    Optional<Classifier> reopen(RuntimeException cause, SwapSlot swaps, BooleanSupplier closing)
            throws InterruptedException {
        lost = true;
        var backoff = new Backoff(FIRST_REOPEN, SLOWEST_REOPEN);
        RuntimeException last = cause;
        while (!closing.getAsBoolean()) {
            health.notReady(PART, "device lost: " + last.getMessage());
            log.atError()
                    .addKeyValue("attempt", backoff.failures())
                    .setCause(last)
                    .log("Engine lost; opening it again");
            if (swaps.awaitOffer(backoff.next())) {
                return Optional.empty();
            }
            try {
                return Optional.of(open());
            } catch (RuntimeException e) {
                last = e;
            }
        }
        throw new InterruptedException("Stopped while the engine was lost");
    }

    private void found() {
        health.ready(PART);
        lost = false;
    }
}
