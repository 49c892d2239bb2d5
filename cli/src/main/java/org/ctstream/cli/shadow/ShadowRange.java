package org.ctstream.cli.shadow;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which slices the candidate classifies. */
sealed interface ShadowRange {
    /** {@code replay} or {@code live}, as an assessment says it. */
    String mode();

    /** For people. */
    String text();

    /**
     * Those between two times of Kafka.
     *
     * @param from null for the first there is
     * @param to exclusive; null for the last there is now
     */
    record Between(@Nullable Instant from, @Nullable Instant to) implements ShadowRange {
        @Override
        public String mode() {
            return "replay";
        }

        @Override
        public String text() {
            return "the slices from " + (from == null ? "the beginning" : from) + " to "
                    + (to == null ? "the end" : to);
        }
    }

    /** The newest there are now. */
    record Newest(int slices) implements ShadowRange {
        @Override
        public String mode() {
            return "replay";
        }

        @Override
        public String text() {
            return "the newest " + slices + " slices";
        }
    }

    /** Those that come from now on. */
    record Live(Duration time) implements ShadowRange {
        @Override
        public String mode() {
            return "live";
        }

        @Override
        public String text() {
            return "the slices that come within " + time.toSeconds() + " s";
        }
    }
}
