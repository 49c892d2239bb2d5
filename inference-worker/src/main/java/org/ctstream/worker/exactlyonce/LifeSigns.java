package org.ctstream.worker.exactlyonce;

import java.util.EnumSet;
import java.util.Set;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.service.health.Health;

/**
 * One sign of life for all lanes: given each time every lane that still runs has moved, so that one that hangs is not
 * hidden by the other.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
final class LifeSigns {
    private final Health health;
    private final Set<Lane> running = EnumSet.allOf(Lane.class);
    private final Set<Lane> still = EnumSet.allOf(Lane.class);

    LifeSigns(Health health) {
        this.health = health;
    }

    synchronized void moved(Lane lane) {
        still.remove(lane);
        if (still.isEmpty()) {
            health.signOfLife();
            still.addAll(running);
        }
    }

    /** The lane has come to its end and is not waited for. */
    synchronized void ended(Lane lane) {
        running.remove(lane);
        moved(lane);
    }
}
