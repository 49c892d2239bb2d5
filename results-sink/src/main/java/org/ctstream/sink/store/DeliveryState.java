package org.ctstream.sink.store;

/** What became of the delivery of one alert to one endpoint. */
public enum DeliveryState {
    /** Waits for its first attempt, or for its next. */
    PENDING,
    /** The endpoint said that it has it. */
    DELIVERED,
    /** Given up after the most attempts; a replay makes it pending again. */
    DEAD,
    /** Never tried, by a rule that its reason names; a replay makes it pending. */
    SUPPRESSED
}
