package org.ctstream.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.ctstream.schemas.Records;
import org.ctstream.schemas.registry.InMemorySchemaRegistry;
import org.ctstream.schemas.topic.Topic;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as a value of each topic: a record that can be written and read again, or a {@link SerializationException}; no
 * more than 2 s of the processor, no more than 8 MiB of memory. How to run it for long: docs/fuzzing.md.
 */
class RecordFuzzTest {
    private static final long MOST_CPU_MS = 2_000;
    private static final long MOST_ALLOCATED = 8 << 20;
    private static final int HEADER_BYTES = 5;

    private static final InMemorySchemaRegistry REGISTRY = InMemorySchemaRegistry.ofScope("fuzz");
    private static final Map<String, ?> CONFIGS =
            Map.of("schema.registry.url", "mock://fuzz", "specific.avro.reader", "true");
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final List<Topic> TOPICS = List.of(Topic.values());
    private static final List<Integer> SCHEMA_IDS = TOPICS.stream()
            .map(topic -> REGISTRY.register(topic.valueSubject(), topic.schema()))
            .toList();
    private static final AvroSerializer SERIALIZER = new AvroSerializer();
    private static final AvroDeserializer DESERIALIZER = new AvroDeserializer();

    static {
        SERIALIZER.configure(CONFIGS, false);
        DESERIALIZER.configure(CONFIGS, false);
        seeds().forEach(RecordFuzzTest::decode);
    }

    /** The number of a topic, then a record of it without its schema id. */
    static Stream<byte[]> seeds() {
        return IntStream.range(0, TOPICS.size()).mapToObj(number -> {
            byte[] value = serialized(Records.of(TOPICS.get(number)));
            byte[] seed = Arrays.copyOfRange(value, HEADER_BYTES - 1, value.length);
            seed[0] = (byte) number;
            return seed;
        });
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "", maxExecutions = 10_000)
    void valueGivesARecordOrASerializationException(byte[] bytes) {
        decode(bytes);
    }

    private static void decode(byte[] bytes) {
        byte[] value = value(bytes);
        long cpu = THREADS.getCurrentThreadCpuTime();
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        Object record;
        try {
            record = DESERIALIZER.deserialize("fuzz", value);
        } catch (SerializationException e) {
            record = null;
        }
        long cpuMs = (THREADS.getCurrentThreadCpuTime() - cpu) / 1_000_000;
        long taken = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        assertThat(cpuMs).as("milliseconds of the processor").isLessThanOrEqualTo(MOST_CPU_MS);
        assertThat(taken).as("bytes of memory").isLessThanOrEqualTo(MOST_ALLOCATED);
        if (record != null) {
            // As bytes: a record with a number that is none does not equal itself.
            byte[] again = serialized(record);
            assertThat(serialized(Objects.requireNonNull(DESERIALIZER.deserialize("fuzz", again))))
                    .isEqualTo(again);
        }
    }

    /** Framed with a known schema if the first byte is a topic's number, else as it is. */
    private static byte[] value(byte[] bytes) {
        int pick = bytes.length == 0 ? SCHEMA_IDS.size() : bytes[0] & 0xFF;
        if (pick >= SCHEMA_IDS.size()) {
            return bytes;
        }
        return ByteBuffer.allocate(HEADER_BYTES + bytes.length - 1)
                .put((byte) 0)
                .putInt(SCHEMA_IDS.get(pick))
                .put(bytes, 1, bytes.length - 1)
                .array();
    }

    private static byte[] serialized(Object record) {
        return Objects.requireNonNull(SERIALIZER.serialize("fuzz", record));
    }
}
