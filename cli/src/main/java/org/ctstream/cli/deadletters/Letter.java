package org.ctstream.cli.deadletters;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.ctstream.service.deadletter.DeadLetter;

/**
 * A dead letter: what it says about itself, and the record as it stands.
 *
 * @param raw shared, not copied: letters are read one by one and can have 16 MiB
 */
record Letter(LetterId id, DeadLetter about, ConsumerRecord<byte[], byte[]> raw) {

    static Letter of(ConsumerRecord<byte[], byte[]> raw) {
        return new Letter(LetterId.of(raw), DeadLetter.read(raw), raw);
    }

    Instant time() {
        return Instant.ofEpochMilli(raw.timestamp());
    }

    int size() {
        return raw.value() == null ? 0 : raw.value().length;
    }
}
