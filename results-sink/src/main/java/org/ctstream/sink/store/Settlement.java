package org.ctstream.sink.store;

/** What became of a pending review. */
public sealed interface Settlement {
    /** Its label is on the topic, acknowledged. */
    record Published(RecordPlace place) implements Settlement {}

    /** Its label can never be there. A reason that the database has no room for is cut. */
    record Refused(String reason) implements Settlement {
        private static final int MAX_REASON = 1_000;

        public Refused {
            reason = reason.substring(0, Math.min(MAX_REASON, reason.length())).replace('\0', ' ');
        }
    }
}
