package org.ctstream.schemas.serde;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.ctstream.schemas.registry.SchemaRegistry;

/**
 * Reads records from the wire format with the schema they were written with. Thread-safe.
 *
 * <p>What a record declares is checked against what it holds before anything is allocated: Avro's decoder over an array
 * refuses a length or a count that goes beyond the bytes left.
 */
final class RecordDecoder {
    private final SchemaRegistry registry;
    private final boolean specific;
    private final Map<Integer, DatumReader<Object>> readers = new ConcurrentHashMap<>();
    private final ThreadLocal<BinaryDecoder> decoders =
            ThreadLocal.withInitial(() -> DecoderFactory.get().binaryDecoder(new byte[0], null));

    RecordDecoder(SchemaRegistry registry, boolean specific) {
        this.registry = registry;
        this.specific = specific;
    }

    Object decode(String topic, byte[] bytes, int offset, int length) {
        if (length < WireFormat.HEADER_BYTES || bytes[offset] != WireFormat.MAGIC) {
            throw new SerializationException("Cannot deserialize a value of " + length + " bytes from topic " + topic
                    + ": expected a zero byte and a schema id (Confluent's wire format)");
        }
        int id = ByteBuffer.wrap(bytes, offset + 1, Integer.BYTES).getInt();
        DatumReader<Object> reader = reader(topic, id);
        try {
            BinaryDecoder decoder = DecoderFactory.get()
                    .binaryDecoder(
                            bytes, offset + WireFormat.HEADER_BYTES, length - WireFormat.HEADER_BYTES, decoders.get());
            Object record = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw new IOException("bytes are left after the record");
            }
            return record;
        } catch (IOException | RuntimeException e) {
            throw new SerializationException(
                    "Cannot deserialize a value of " + length + " bytes from topic " + topic
                            + ": it is no record of its schema, id " + id + " (" + e.getMessage() + ")",
                    e);
        }
    }

    private DatumReader<Object> reader(String topic, int id) {
        DatumReader<Object> reader = readers.get(id);
        if (reader == null) {
            Schema writer = registry.schemaOf(id);
            reader = specific ? specificReader(topic, id, writer) : new GenericDatumReader<>(writer);
            readers.put(id, reader);
        }
        return reader;
    }

    private static DatumReader<Object> specificReader(String topic, int id, Schema writer) {
        if (writer.getType() != Schema.Type.RECORD) {
            throw new SerializationException("Cannot deserialize a value from topic " + topic + ": schema id " + id
                    + " is a " + writer.getType().getName() + ", expected a record");
        }
        Class<? extends SpecificRecord> type = SpecificTypes.find(writer.getFullName())
                .orElseThrow(() -> new SerializationException("Cannot deserialize a value from topic " + topic
                        + ": schema id " + id + " is a " + writer.getFullName()
                        + ", for which there is no generated class on the class path"));
        SpecificData model = SpecificData.getForClass(type);
        return new SpecificDatumReader<>(writer, model.getSchema(type), model);
    }
}
