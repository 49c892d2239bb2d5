package org.ctstream.service.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What a dead letter says about itself, read from its headers. Written by {@link DeadLetters} or by Kafka Streams; a
 * header that is absent reads as {@code unknown}.
 *
 * @param scanId the record key, which is the scan id, or {@code unknown} if the record had no key
 * @param reason short stable code of the cause
 * @param omitted what was too large to carry, or null if the letter is whole
 * @param topic topic the record was read from, where a redrive sends it back to
 */
public record DeadLetter(
        String scanId,
        String stage,
        String reason,
        String message,
        @Nullable String field,
        @Nullable String remedy,
        @Nullable String omitted,
        String exception,
        String topic,
        String partition,
        String offset,
        int redrives) {
    private static final String UNKNOWN = "unknown";

    public static DeadLetter read(ConsumerRecord<byte[], byte[]> letter) {
        return new DeadLetter(
                letter.key() == null ? UNKNOWN : new String(letter.key(), UTF_8),
                required(letter, DeadLetterHeaders.STAGE),
                required(letter, DeadLetterHeaders.REASON),
                required(letter, DeadLetterHeaders.MESSAGE),
                optional(letter, DeadLetterHeaders.FIELD),
                optional(letter, DeadLetterHeaders.REMEDY),
                optional(letter, DeadLetterHeaders.OMITTED),
                required(letter, DeadLetterHeaders.EXCEPTION),
                required(letter, DeadLetterHeaders.TOPIC),
                required(letter, DeadLetterHeaders.PARTITION),
                required(letter, DeadLetterHeaders.OFFSET),
                redrives(letter));
    }

    private static int redrives(ConsumerRecord<byte[], byte[]> letter) {
        String text = optional(letter, DeadLetterHeaders.REDRIVES);
        try {
            return text == null ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            // Not ours: whoever wrote it, the guard must not be talked out of counting.
            return Integer.MAX_VALUE;
        }
    }

    private static String required(ConsumerRecord<byte[], byte[]> letter, String name) {
        String value = optional(letter, name);
        return value == null ? UNKNOWN : value;
    }

    private static @Nullable String optional(ConsumerRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }
}
