package org.ctstream.cli.deadletters;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** What becomes of one dead letter. */
sealed interface RedriveDecision {
    Letter letter();

    /** The word for it in the audit lines. */
    String action();

    /** Why it is not sent; null if it is. */
    @Nullable
    String why();

    /** @param record the original record, as it goes back to its topic */
    record Send(Letter letter, ProducerRecord<byte[], byte[]> record) implements RedriveDecision {
        @Override
        public String action() {
            return "redrive";
        }

        @Override
        public @Nullable String why() {
            return null;
        }
    }

    /** Nothing to do: it has been sent before. */
    record Skip(Letter letter, String why) implements RedriveDecision {
        @Override
        public String action() {
            return "skip";
        }
    }

    /** It was asked for and must not be sent. */
    record Refuse(Letter letter, String why) implements RedriveDecision {
        @Override
        public String action() {
            return "refuse";
        }
    }
}
