package org.ctstream.worker.queue;

import java.util.Optional;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.Stage;

/**
 * Ends the tries for a scan before the broker does. After its last delivery the broker archives a record without a word,
 * so the last but one is not tried any more: it becomes a dead letter at once. A worker that dies even while it writes
 * that has the last delivery as a second chance.
 *
 * @param limit the group's delivery limit, 3 or more
 */
record DeliveryLimit(int limit) {
    DeliveryLimit {
        if (limit < 3) {
            throw new IllegalArgumentException("limit " + limit + " (expected: 3 or more, of which two are kept back)");
        }
    }

    /** Deliveries on which a scan is tried. */
    int tries() {
        return limit - 2;
    }

    /** Why the scan is not tried any more, if it is not. */
    Optional<PoisonRecordException> exhausted(Delivery delivery) {
        int before = delivery.count() - 1;
        if (before < tries()) {
            return Optional.empty();
        }
        return Optional.of(new PoisonRecordException(
                Stage.CLASSIFY,
                "deliveries-exhausted",
                null,
                "Not classified: " + before
                        + " deliveries of this scan ended without a result or a word of the worker that "
                        + "had it (expected: at most " + tries() + ").",
                "look into the logs of the workers for one that hung or was lost with this scan; redrive the scan once "
                        + "they are well, or keep it for the maintainers if it is what stops them.",
                null));
    }
}
