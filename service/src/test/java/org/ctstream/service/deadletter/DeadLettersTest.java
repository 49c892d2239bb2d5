package org.ctstream.service.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.Stage;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private final PoisonRecordException failure = new PoisonRecordException(
            Stage.DECODE, "truncated", "IDAT", "PNG ends early.", "send the whole file.", null);

    @Test
    void deadLetterKeepsKeyValueAndHeadersUntouched() {
        ProducerRecord<byte[], byte[]> letter = DeadLetters.of(original(), failure, 1);

        assertThat(letter.topic()).isEqualTo("ct.scan.received.dlt");
        assertThat(letter.key()).isEqualTo("scan-1".getBytes(UTF_8));
        assertThat(letter.value()).isEqualTo(new byte[] {1, 2, 3});
        assertThat(letter.headers().lastHeader("traceparent").value()).isEqualTo("t".getBytes(UTF_8));
    }

    @Test
    void deadLetterTellsWhereFromAndWhy() {
        DeadLetter read = DeadLetter.read(asConsumed(DeadLetters.of(original(), failure, 1)));

        assertThat(read.scanId()).isEqualTo("scan-1");
        assertThat(read.stage()).isEqualTo("decode");
        assertThat(read.reason()).isEqualTo("truncated");
        assertThat(read.field()).isEqualTo("IDAT");
        assertThat(read.message()).isEqualTo("PNG ends early. Remedy: send the whole file.");
        assertThat(read.topic() + "-" + read.partition() + "@" + read.offset()).isEqualTo("ct.scan.received-3@42");
        assertThat(read.redrives()).isZero();
    }

    @Test
    void secondFailureOfARedrivenRecordReplacesTheReasonAndKeepsTheCount() {
        ConsumerRecord<byte[], byte[]> redriven = asConsumed(DeadLetters.of(original(), failure, 1));
        redriven.headers().add(DeadLetterHeaders.REDRIVES, "1".getBytes(UTF_8));
        var second = new PoisonRecordException(Stage.FETCH, "digest", null, "Digest differs.", "write it again.", null);

        DeadLetter read = DeadLetter.read(asConsumed(DeadLetters.of(redriven, second, 2)));

        assertThat(read.reason()).isEqualTo("digest");
        assertThat(read.field()).isNull();
        assertThat(read.redrives()).isEqualTo(1);
    }

    @Test
    void letterOfAnotherWriterReadsAsUnknown() {
        var foreign = new ConsumerRecord<byte[], byte[]>("ct.scan.received.dlt", 0, 0, null, new byte[0]);
        foreign.headers().add(DeadLetterHeaders.REDRIVES, "many".getBytes(UTF_8));

        DeadLetter read = DeadLetter.read(foreign);

        assertThat(read.scanId()).isEqualTo("unknown");
        assertThat(read.reason()).isEqualTo("unknown");
        assertThat(read.redrives()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void valueTooLargeForTheTopicIsLeftOutAndTheLetterSaysSo() {
        var huge = new ConsumerRecord<>("ct.scan.normalized", 3, 42, "scan-1".getBytes(UTF_8), new byte[3 << 20]);
        huge.headers().add("large", new byte[200 * 1024]);

        ProducerRecord<byte[], byte[]> letter = DeadLetters.of(huge, failure, 1);

        assertThat(letter.value()).isNull();
        assertThat(letter.headers().lastHeader("large")).isNull();
        assertThat(DeadLetter.read(asConsumed(letter)).omitted()).contains("3145728", "left out");
    }

    @Test
    void keyTooLargeForAnyTopicIsLeftOutTooSoThatTheLetterCanBeWritten() {
        var hostile = new ConsumerRecord<>("ct.scan.normalized", 3, 42, new byte[3 << 20], new byte[] {1});

        ProducerRecord<byte[], byte[]> letter = DeadLetters.of(hostile, failure, 1);

        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNull();
        assertThat(DeadLetter.read(asConsumed(letter)).omitted()).startsWith("key of 3145728 bytes left out");
    }

    @Test
    void manyEmptyHeadersCountForTheRoomTheyTake() {
        var hostile = new ConsumerRecord<>("ct.scan.normalized", 3, 42, "scan-1".getBytes(UTF_8), new byte[] {1});
        for (int i = 0; i < 100_000; i++) {
            hostile.headers().add("", null);
        }

        ProducerRecord<byte[], byte[]> letter = DeadLetters.of(hostile, failure, 1);

        assertThat(letter.headers().toArray()).hasSizeLessThan(100);
        assertThat(DeadLetter.read(asConsumed(letter)).omitted()).contains("value of 1 bytes kept", "left out");
    }

    private static ConsumerRecord<byte[], byte[]> original() {
        var record = new ConsumerRecord<>("ct.scan.received", 3, 42, "scan-1".getBytes(UTF_8), new byte[] {1, 2, 3});
        record.headers().add("traceparent", "t".getBytes(UTF_8));
        return record;
    }

    private static ConsumerRecord<byte[], byte[]> asConsumed(ProducerRecord<byte[], byte[]> produced) {
        var record = new ConsumerRecord<>(produced.topic(), 0, 0, produced.key(), produced.value());
        produced.headers().forEach(record.headers()::add);
        return record;
    }
}
