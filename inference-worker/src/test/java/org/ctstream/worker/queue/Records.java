package org.ctstream.worker.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.Stage;
import org.ctstream.worker.batch.PendingScan;
import org.ctstream.worker.predict.Outcome;

/** Records as a share group delivers them. */
final class Records {
    private Records() {}

    /** A record on partition 0, delivered so many times, this one included. */
    static ConsumerRecord<byte[], byte[]> delivered(long offset, int deliveries) {
        byte[] key = ("scan-" + offset).getBytes(UTF_8);
        byte[] value = {1};
        return new ConsumerRecord<>(
                Topic.SCAN_NORMALIZED.topicName(),
                0,
                offset,
                0,
                TimestampType.CREATE_TIME,
                key.length,
                value.length,
                key,
                value,
                new RecordHeaders(),
                Optional.empty(),
                Optional.of((short) deliveries));
    }

    static Outcome rejected(PendingScan scan) {
        return new Outcome.Rejected(
                scan, new PoisonRecordException(Stage.CLASSIFY, "test", null, "A test.", "none.", null));
    }
}
