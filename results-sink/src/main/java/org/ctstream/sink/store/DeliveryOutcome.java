package org.ctstream.sink.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one attempt comes to. */
public sealed interface DeliveryOutcome {
    /** The state the delivery has from now on. */
    DeliveryState state();

    /** What the attempt failed of; null if it did not. */
    @Nullable
    String reason();

    /** When to try again, or when it was settled. */
    Instant at();

    /** The endpoint has it. */
    record Delivered(Instant at) implements DeliveryOutcome {
        @Override
        public DeliveryState state() {
            return DeliveryState.DELIVERED;
        }

        @Override
        public @Nullable String reason() {
            return null;
        }
    }

    /** It is tried again, not before that time. */
    record Retry(Instant at, String reason) implements DeliveryOutcome {
        @Override
        public DeliveryState state() {
            return DeliveryState.PENDING;
        }
    }

    /** It was the last attempt. */
    record Dead(Instant at, String reason) implements DeliveryOutcome {
        @Override
        public DeliveryState state() {
            return DeliveryState.DEAD;
        }
    }
}
