package org.ctstream.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.ctstream.service.deadletter.DeadLetterHeaders;

/** Dead letters for tests. */
final class Letters {
    static final String DLT = "ct.scan.received.dlt";
    static final byte[] VALUE = {0, 1, 2, 3, (byte) 0xff};

    private Letters() {}

    static Letter of(String scanId, long offset, String reason) {
        return of(DLT, scanId, offset, Map.of(DeadLetterHeaders.REASON, reason, DeadLetterHeaders.STAGE, "decode"));
    }

    static Letter redriven(String scanId, long offset, String times) {
        return of(DLT, scanId, offset, Map.of(DeadLetterHeaders.REASON, "empty", DeadLetterHeaders.REDRIVES, times));
    }

    static Letter of(String topic, String scanId, long offset, Map<String, String> headers) {
        var all = new RecordHeaders().add("ce_id", scanId.getBytes(UTF_8));
        headers.forEach((name, value) -> all.add(name, value.getBytes(UTF_8)));
        return Letter.of(new ConsumerRecord<>(
                topic,
                0,
                offset,
                1_000 + offset,
                TimestampType.CREATE_TIME,
                scanId.length(),
                VALUE.length,
                scanId.getBytes(UTF_8),
                VALUE,
                all,
                Optional.empty()));
    }
}
