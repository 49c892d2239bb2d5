package org.ctstream.sink.store;

import java.time.Instant;

/**
 * An alert that is not on the topic yet.
 *
 * @param alertedAt when its row was written, the same however often the alert is tried
 */
public record PendingAlert(Classified classified, Instant alertedAt) {}
