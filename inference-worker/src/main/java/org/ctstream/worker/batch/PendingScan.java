package org.ctstream.worker.batch;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.service.error.PoisonRecordException;
import org.jspecify.annotations.Nullable;

/**
 * One consumed record on its way through the worker: decoded, or already known not to be decodable.
 *
 * <p>An undecodable record stays in its place among the others, so that offsets are committed in order.
 *
 * @param original key, value and headers as read, for a dead letter
 * @param assignment number of the partition's assignment the record was read under; a result is published only while
 *     that assignment lasts
 * @param scan the decoded scan, null if {@code poison} is set
 * @param poison why the record cannot be classified, null if {@code scan} is set
 * @param refusal why its result is INDETERMINATE whatever the network says, null if it is not
 */
public record PendingScan(
        ConsumerRecord<byte[], byte[]> original,
        long assignment,
        @Nullable ScanNormalized scan,
        @Nullable PoisonRecordException poison,
        @Nullable String refusal) {
    public PendingScan {
        if ((scan == null) == (poison == null)) {
            throw new IllegalArgumentException("A record is either a scan or poison");
        }
    }

    /** The lane it came on, by its topic. */
    public Lane lane() {
        return Lane.ofTopic(original.topic())
                .orElseThrow(() -> new IllegalStateException("Topic " + original.topic() + " belongs to no lane"));
    }

    public static PendingScan decoded(ConsumerRecord<byte[], byte[]> original, long assignment, ScanNormalized scan) {
        return new PendingScan(original, assignment, scan, null, null);
    }

    /** A scan whose result the gate has refused beforehand, if there is a reason. */
    public PendingScan refused(@Nullable String reason) {
        return reason == null ? this : new PendingScan(original, assignment, scan, poison, reason);
    }

    public static PendingScan poisoned(
            ConsumerRecord<byte[], byte[]> original, long assignment, PoisonRecordException poison) {
        return new PendingScan(original, assignment, null, poison, null);
    }
}
