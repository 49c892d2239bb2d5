package org.ctstream.worker.queue;

import java.time.Duration;
import java.util.Map;
import org.ctstream.schemas.topic.Lane;

/**
 * How scans are taken from share groups.
 *
 * @param group begin of the share groups' names
 * @param instance name of this worker
 * @param embeddings whether results carry the embedding, if the engine gives one
 * @param hands share consumers that take ROUTINE scans, 1 or more
 * @param recordsPerHand most records one of them has at a time, 1 or more
 * @param lockDuration how long Kafka keeps a record for a worker that says nothing of it
 * @param deliveryLimit most deliveries of one record, 3 to 10
 * @param drainTimeout longest wait at a stop for what is with the engine
 */
public record QueueSettings(
        String group,
        String instance,
        boolean embeddings,
        int hands,
        int recordsPerHand,
        Duration lockDuration,
        int deliveryLimit,
        Duration drainTimeout) {
    public QueueSettings {
        if (hands < 1 || recordsPerHand < 1) {
            throw new IllegalArgumentException(
                    "hands " + hands + ", recordsPerHand " + recordsPerHand + " (expected: 1 or more of each)");
        }
    }

    /** The share group of a lane. Never that of a consumer group, which Kafka would refuse. */
    String group(Lane lane) {
        return lane == Lane.STAT ? group + "-queue-stat" : group + "-queue";
    }

    /** Hands that take a lane's scans; STAT scans are few, and one batch at a time is all the engine can take. */
    int hands(Lane lane) {
        return lane == Lane.STAT ? 1 : hands;
    }

    /** What Kafka must know of the groups. Transactions of ingest are read when they are committed. */
    Map<String, String> groupConfiguration() {
        return Map.of(
                "share.auto.offset.reset", "earliest",
                "share.isolation.level", "read_committed",
                "share.record.lock.duration.ms", Long.toString(lockDuration.toMillis()),
                "share.delivery.count.limit", Integer.toString(deliveryLimit),
                "share.renew.acknowledge.enable", "true");
    }
}
