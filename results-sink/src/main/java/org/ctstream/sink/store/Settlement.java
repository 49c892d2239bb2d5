package org.ctstream.sink.store;

/** What became of a pending review. */
public sealed interface Settlement {
    /** Its label is on the topic, acknowledged. */
    record Published(RecordPlace place) implements Settlement {}

    /** Its label can never be there. */
    record Refused(String reason) implements Settlement {}
}
