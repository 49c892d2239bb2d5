package org.ctstream.service.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.StageException;
import org.jspecify.annotations.Nullable;

/**
 * Makes dead letters: the original key, value bytes and headers untouched, and the reason in further headers. Only what
 * is too large for the dead-letter topic is left out, and the letter says so.
 *
 * <p>The caller sends them, in the same transaction as the offsets where there is one, so that a record is either a
 * result or a dead letter and never neither.
 */
public final class DeadLetters {
    /** Headers count against the record size; a deep stack trace must not push a record over its topic's limit. */
    private static final int MAX_STACKTRACE_CHARS = 8_000;

    private static final int MAX_MESSAGE_CHARS = 2_000;

    /** Half of the room a dead-letter topic has for headers; the other half is for ours. */
    private static final int MAX_ORIGINAL_HEADER_BYTES = 128 * 1024;

    /** Two lengths, of at most five bytes each: a million empty headers take room too. */
    private static final int HEADER_OVERHEAD_BYTES = 10;

    private DeadLetters() {}

    public static String topicFor(String topic) {
        return topic + Topic.DEAD_LETTER_SUFFIX;
    }

    public static ProducerRecord<byte[], byte[]> of(
            ConsumerRecord<byte[], byte[]> original, StageException failure, int attempts) {
        return of(
                original.topic(),
                original.partition(),
                original.offset(),
                original.key(),
                original.value(),
                original.headers(),
                failure,
                attempts);
    }

    /** The same from the parts Kafka Streams hands to an exception handler. */
    public static ProducerRecord<byte[], byte[]> of(
            String topic,
            int partition,
            long offset,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Headers original,
            StageException failure,
            int attempts) {
        boolean keyFits = length(key) <= largestValue(topic);
        boolean valueFits = (long) length(key) + length(value) <= largestValue(topic);
        boolean headersFit = headerBytes(original) <= MAX_ORIGINAL_HEADER_BYTES;
        var letter = new ProducerRecord<byte[], byte[]>(
                topicFor(topic), null, keyFits ? key : null, valueFits ? value : null);
        Headers headers = letter.headers();
        for (Header header : original) {
            // A redriven record that fails again keeps its own headers but gets a new reason.
            if (headersFit && !header.key().startsWith(DeadLetterHeaders.PREFIX)) {
                headers.add(header);
            }
        }
        if (!valueFits || !headersFit) {
            add(
                    headers,
                    DeadLetterHeaders.OMITTED,
                    (keyFits ? "" : "key of " + length(key) + " bytes left out, ") + "value of " + length(value)
                            + " bytes"
                            + (valueFits ? " kept" : " left out") + ", headers of " + headerBytes(original) + " bytes"
                            + (headersFit ? " kept" : " left out"));
        }
        add(headers, DeadLetterHeaders.EXCEPTION, failure.getClass().getName());
        add(headers, DeadLetterHeaders.MESSAGE, cut(String.valueOf(failure.getMessage()), MAX_MESSAGE_CHARS));
        add(headers, DeadLetterHeaders.STACKTRACE, cut(stackTrace(failure), MAX_STACKTRACE_CHARS));
        add(headers, DeadLetterHeaders.TOPIC, topic);
        add(headers, DeadLetterHeaders.PARTITION, Integer.toString(partition));
        add(headers, DeadLetterHeaders.OFFSET, Long.toString(offset));
        add(headers, DeadLetterHeaders.STAGE, failure.stage().word());
        add(headers, DeadLetterHeaders.ATTEMPTS, Integer.toString(attempts));
        if (failure instanceof PoisonRecordException poison) {
            add(headers, DeadLetterHeaders.REASON, poison.reason());
            add(headers, DeadLetterHeaders.REMEDY, poison.remedy());
            if (poison.field() != null) {
                add(headers, DeadLetterHeaders.FIELD, poison.field());
            }
        }
        return letter;
    }

    /**
     * What the topic takes compressed, since a dead letter is sent as it is: a hostile publisher's well-compressed record
     * may be larger than its dead-letter topic allows, and must not stop the service that has to write it.
     */
    private static int largestValue(String topic) {
        return Topic.ofTopicName(topic)
                .map(known -> known.spec().maxMessageBytes())
                .orElse(Integer.MAX_VALUE);
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static long headerBytes(Headers headers) {
        long bytes = 0;
        for (Header header : headers) {
            bytes += HEADER_OVERHEAD_BYTES + header.key().length() + length(header.value());
        }
        return bytes;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    private static String cut(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max) + " …";
    }

    private static String stackTrace(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
