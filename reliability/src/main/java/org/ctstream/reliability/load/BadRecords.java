package org.ctstream.reliability.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.benchmarks.cluster.NormalizedTopic;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.topic.Topic;
import org.jspecify.annotations.Nullable;

/** Normalized scans no worker can classify, of every sort in turn. For one thread. */
final class BadRecords {
    private static final String TOPIC = Topic.SCAN_NORMALIZED.topicName();
    private static final byte[] UNKNOWN_SCHEMA = {0, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xf0, 1, 2, 3};
    private static final int SORTS = 5;

    private final Serializer<ScanNormalized> serializer;
    private final GreySlice slice;

    BadRecords(Serializer<ScanNormalized> serializer, GreySlice slice) {
        this.serializer = serializer;
        this.slice = slice;
    }

    /** A record's value; null is one too. */
    byte @Nullable [] value(int number, String scanId) {
        ScanNormalized good = NormalizedTopic.scan(scanId, slice);
        return switch (number % SORTS) {
            case 0 -> "not a record at all".getBytes(UTF_8);
            case 1 -> UNKNOWN_SCHEMA;
            case 2 -> {
                byte[] whole = serializer.serialize(TOPIC, good);
                yield Arrays.copyOf(whole, whole.length / 2);
            }
            case 3 ->
                serializer.serialize(
                        TOPIC,
                        ScanNormalized.newBuilder(good)
                                .setPixels(ByteBuffer.wrap(new byte[] {1, 2, 3}))
                                .build());
            default -> null;
        };
    }
}
