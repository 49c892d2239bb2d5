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

    /** How often the scan's record has been sent back once this is done. */
    default int redrives() {
        return letter().about().redrives();
    }

    /**
     * @param record the original record, as it goes back to its topic
     * @param forced true if the guard against loops would have refused it
     */
    record Send(Letter letter, ProducerRecord<byte[], byte[]> record, boolean forced) implements RedriveDecision {
        @Override
        public String action() {
            return forced ? "redrive (forced)" : "redrive";
        }

        @Override
        public @Nullable String why() {
            return null;
        }

        @Override
        public int redrives() {
            int before = letter().about().redrives();
            return before == Integer.MAX_VALUE ? before : before + 1;
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
