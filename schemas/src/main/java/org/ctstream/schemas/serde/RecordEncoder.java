package org.ctstream.schemas.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes records in the wire format. Thread-safe: each thread has a buffer of its own that it uses again, so that a
 * record costs one array of its exact size.
 */
final class RecordEncoder {
    /** A buffer grown beyond this by one large record is not kept. */
    private static final int MAX_KEPT_BYTES = 1 << 20;

    private static final int INITIAL_BYTES = 64 << 10;

    private final Map<Schema, DatumWriter<IndexedRecord>> writers = new ConcurrentHashMap<>();
    private final ThreadLocal<Scratch> scratches = ThreadLocal.withInitial(Scratch::new);

    /** @throws IOException or a RuntimeException of Avro if the record does not fit its schema */
    byte[] encode(int schemaId, IndexedRecord record) throws IOException {
        DatumWriter<IndexedRecord> writer = writers.get(record.getSchema());
        if (writer == null) {
            writer = writerFor(record);
            writers.put(record.getSchema(), writer);
        }
        Scratch scratch = scratches.get();
        try {
            return scratch.encode(schemaId, record, writer);
        } finally {
            if (scratch.buffer.capacity() > MAX_KEPT_BYTES) {
                scratches.remove();
            }
        }
    }

    private static DatumWriter<IndexedRecord> writerFor(IndexedRecord record) {
        return record instanceof SpecificRecord
                ? new SpecificDatumWriter<>(record.getSchema(), SpecificData.getForClass(record.getClass()))
                : new GenericDatumWriter<>(record.getSchema());
    }

    private static final class Scratch {
        private final Buffer buffer = new Buffer();
        private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(buffer, null);

        byte[] encode(int schemaId, IndexedRecord record, DatumWriter<IndexedRecord> writer) throws IOException {
            buffer.reset();
            // A record that failed half-way leaves bytes in the encoder; this drops them.
            BinaryEncoder fresh = EncoderFactory.get().binaryEncoder(buffer, encoder);
            buffer.writeHeader(schemaId);
            writer.write(record, fresh);
            fresh.flush();
            return buffer.toByteArray();
        }
    }

    private static final class Buffer extends ByteArrayOutputStream {
        Buffer() {
            super(INITIAL_BYTES);
        }

        int capacity() {
            return buf.length;
        }

        void writeHeader(int schemaId) {
            ByteBuffer.wrap(buf).put(WireFormat.MAGIC).putInt(schemaId);
            count = WireFormat.HEADER_BYTES;
        }

        /** Without the lock of the original, which one thread alone would take for nothing. */
        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized")
        public byte[] toByteArray() {
            return Arrays.copyOf(buf, count);
        }
    }
}
