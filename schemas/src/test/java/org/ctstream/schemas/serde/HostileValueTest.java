package org.ctstream.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.ctstream.schemas.Records;
import org.ctstream.schemas.avro.Heatmap;
import org.ctstream.schemas.avro.InlinePayload;
import org.ctstream.schemas.avro.Lineage;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.registry.InMemorySchemaRegistry;
import org.ctstream.schemas.registry.UnknownSchemaException;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What somebody with write access to a topic could send to do harm. */
class HostileValueTest {
    private static final long MAX_ALLOCATION = 8 << 20;
    private static final InMemorySchemaRegistry REGISTRY = InMemorySchemaRegistry.ofScope("hostile");
    private static final Map<String, ?> CONFIGS =
            Map.of("schema.registry.url", "mock://hostile", "specific.avro.reader", "true");

    static Stream<Arguments> declaredLengths() {
        return Stream.of(
                claim("bytes of 2 GiB", InlinePayload.getClassSchema(), e -> e.writeLong(Integer.MAX_VALUE - 8L)),
                claim("bytes of 200 MB", InlinePayload.getClassSchema(), e -> e.writeLong(200_000_000L)),
                claim("bytes of 2^62", InlinePayload.getClassSchema(), e -> e.writeLong(1L << 62)),
                claim("bytes of a negative length", InlinePayload.getClassSchema(), e -> e.writeLong(-5)),
                claim("string of 1 GiB", ScanReceived.getClassSchema(), e -> e.writeLong(1 << 30)),
                claim("array of 500 million floats", Heatmap.getClassSchema(), e -> {
                    e.writeInt(7);
                    e.writeInt(7);
                    e.writeLong(500_000_000L);
                }),
                claim("array of a negative count and a huge size", Heatmap.getClassSchema(), e -> {
                    e.writeInt(7);
                    e.writeInt(7);
                    e.writeLong(-500_000_000L);
                    e.writeLong(2_000_000_000L);
                }),
                claim("map of 500 million entries", Lineage.getClassSchema(), e -> e.writeLong(500_000_000L)));
    }

    @ParameterizedTest
    @MethodSource("declaredLengths")
    void declaredLengthIsRefusedBeforeItIsAllocated(Schema schema, byte[] body) {
        byte[] value = framed(REGISTRY.register("hostile-value", schema), body);
        try (AvroDeserializer deserializer = deserializer()) {
            deserializer.deserialize("warm-up", warmUp(schema));
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();

            assertThatExceptionOfType(SerializationException.class)
                    .isThrownBy(() -> deserializer.deserialize("t", value));

            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MAX_ALLOCATION);
        }
    }

    @Test
    void hugeCountInAFieldWeSkipIsRefusedToo() throws IOException {
        Schema writer = SchemaBuilder.record("Heatmap")
                .namespace("org.ctstream.schemas.avro")
                .fields()
                .name("junk")
                .type()
                .array()
                .items()
                .longType()
                .noDefault()
                .requiredInt("rows")
                .requiredInt("columns")
                .name("values")
                .type()
                .array()
                .items()
                .floatType()
                .noDefault()
                .endRecord();
        byte[] value =
                framed(REGISTRY.register("hostile-value", writer), encoded(e -> e.writeLong(Integer.MAX_VALUE - 8L)));
        try (AvroDeserializer deserializer = deserializer()) {
            assertThatExceptionOfType(SerializationException.class)
                    .isThrownBy(() -> deserializer.deserialize("t", value));
        }
    }

    @Test
    void everyTruncationOfARecordIsPoison() {
        byte[] whole = bytesOf(Records.received());
        try (AvroDeserializer deserializer = deserializer()) {
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThatExceptionOfType(SerializationException.class)
                        .as("first %d of %d bytes", length, whole.length)
                        .isThrownBy(() -> deserializer.deserialize("t", cut));
            }
        }
    }

    @Test
    void bytesAfterTheRecordArePoison() {
        byte[] whole = bytesOf(Records.received());
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);
        try (AvroDeserializer deserializer = deserializer()) {
            assertThatExceptionOfType(SerializationException.class)
                    .isThrownBy(() -> deserializer.deserialize("t", longer))
                    .withMessageContaining("bytes are left");
        }
    }

    @Test
    void unknownSchemaIdIsPoisonNamingTheId() {
        try (AvroDeserializer deserializer = deserializer()) {
            assertThatExceptionOfType(UnknownSchemaException.class)
                    .isThrownBy(() -> deserializer.deserialize("t", framed(424_242, new byte[3])))
                    .satisfies(e -> assertThat(e.schemaId()).isEqualTo(424_242));
        }
    }

    @Test
    void otherFramingIsPoisonNamingWhatIsExpected() {
        try (AvroDeserializer deserializer = deserializer()) {
            assertThatExceptionOfType(SerializationException.class)
                    .isThrownBy(
                            () -> deserializer.deserialize("t", "{\"json\": true}".getBytes(StandardCharsets.UTF_8)))
                    .withMessageContaining("Confluent's wire format");
        }
    }

    @Test
    void schemaNamedAfterAClassThatIsNoRecordRunsNothing() {
        Schema schema = SchemaBuilder.record(Tripwire.class.getName()).fields().endRecord();
        try (AvroDeserializer deserializer = deserializer()) {
            byte[] value = framed(REGISTRY.register("hostile-value", schema), new byte[0]);
            assertThatExceptionOfType(SerializationException.class)
                    .isThrownBy(() -> deserializer.deserialize("t", value))
                    .withMessageContaining("no generated class");
        }
        assertThat(System.getProperty(Tripwire.PROPERTY)).isNull();
    }

    @Test
    void recordTypeThatIsNotOnTheClassPathIsPoison() {
        Schema schema = SchemaBuilder.record("org.elsewhere.Unknown")
                .fields()
                .requiredInt("n")
                .endRecord();
        byte[] value = bytesOf(new GenericRecordBuilder(schema).set("n", 1).build());
        try (AvroDeserializer deserializer = deserializer()) {
            assertThatExceptionOfType(SerializationException.class)
                    .isThrownBy(() -> deserializer.deserialize("t", value))
                    .withMessageContaining("org.elsewhere.Unknown");
        }
    }

    private static byte[] warmUp(Schema schema) {
        assertThat(schema.getType()).isEqualTo(Schema.Type.RECORD);
        return bytesOf(Records.classified());
    }

    private static byte[] bytesOf(Object record) {
        try (AvroSerializer serializer = new AvroSerializer()) {
            serializer.configure(CONFIGS, false);
            return Objects.requireNonNull(serializer.serialize("hostile", record));
        }
    }

    private static AvroDeserializer deserializer() {
        AvroDeserializer deserializer = new AvroDeserializer();
        deserializer.configure(CONFIGS, false);
        return deserializer;
    }

    private static Arguments claim(String what, Schema schema, Body body) {
        try {
            return Arguments.of(Named.of(what, schema), encoded(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] encoded(Body body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        body.write(encoder);
        encoder.flush();
        out.write(new byte[16]);
        return out.toByteArray();
    }

    private static byte[] framed(int id, byte[] body) {
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) 0)
                .putInt(id)
                .put(body)
                .array();
    }

    private interface Body {
        void write(BinaryEncoder encoder) throws IOException;
    }
}
