package org.ctstream.gateway.intake;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.ctstream.gateway.metrics.GatewayMeters;
import org.jspecify.annotations.Nullable;

/**
 * The way into the intake: shut until everything behind it is ready, shut again when the service stops, and the place where
 * objects are counted. What is inside when it is shut is finished.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class IntakeGate implements ScanStore {
    private final GatewayMeters meters;
    private final LongSupplier nanoTime;
    private @Nullable ScanStore behind;
    private int inside;

    public IntakeGate(GatewayMeters meters, LongSupplier nanoTime) {
        this.meters = meters;
        this.nanoTime = nanoTime;
    }

    public synchronized void open(ScanStore store) {
        behind = store;
    }

    /** Whether objects are taken. */
    public synchronized boolean isOpen() {
        return behind != null;
    }

    /**
     * Lets nobody in any more, and waits for those inside.
     *
     * @return whether all of them have come out in time
     */
    public synchronized boolean shut(Duration wait) throws InterruptedException {
        behind = null;
        long end = nanoTime.getAsLong() + wait.toNanos();
        while (inside > 0) {
            long left = end - nanoTime.getAsLong();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    @Override
    public Outcome store(ReceivedObject object) {
        long begun = nanoTime.getAsLong();
        ScanStore store = enter();
        if (store == null) {
            return refuse(object, new Outcome.Refused(Reason.NOT_READY, "not ready; try again later"));
        }
        try {
            Outcome outcome = store.store(object);
            meters.object(object.protocol(), outcome.word());
            if (outcome instanceof Outcome.Stored) {
                meters.acknowledged(object.protocol(), Duration.ofNanos(nanoTime.getAsLong() - begun));
            }
            return outcome;
        } finally {
            leave();
        }
    }

    private Outcome refuse(ReceivedObject object, Outcome refused) {
        meters.object(object.protocol(), refused.word());
        return refused;
    }

    private synchronized @Nullable ScanStore enter() {
        if (behind != null) {
            inside++;
        }
        return behind;
    }

    private synchronized void leave() {
        inside--;
        notifyAll();
    }
}
