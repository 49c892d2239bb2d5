package org.ctstream.sink.store;

import java.time.Instant;
import java.util.List;

/**
 * What one database transaction did with a poll.
 *
 * @param added the results that were new
 * @param redelivered how many results were there already
 * @param rejected what now has to go to the dead-letter topic: the poll's undecodable records, then those whose values
 *     the database refused
 * @param alerts what now has to go out with this poll's offsets
 */
public record Stored(
        List<Classified> added, int redelivered, List<Rejected> rejected, List<PendingAlert> alerts, Instant storedAt) {
    public Stored {
        added = List.copyOf(added);
        rejected = List.copyOf(rejected);
        alerts = List.copyOf(alerts);
    }
}
