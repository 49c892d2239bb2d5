package org.ctstream.benchmarks.micro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Avro by itself, as its guide shows it: no wire format, no registry, encoder and decoder used again. For one thread. */
final class PlainAvro<T extends SpecificRecord> {
    private final SpecificDatumWriter<T> writer;
    private final SpecificDatumReader<T> reader;
    private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(new ByteArrayOutputStream(), null);
    private final BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(new byte[0], null);

    PlainAvro(T example) {
        SpecificData data = SpecificData.getForClass(example.getClass());
        this.writer = new SpecificDatumWriter<>(example.getSchema(), data);
        this.reader = new SpecificDatumReader<>(example.getSchema(), example.getSchema(), data);
    }

    byte[] write(T record) throws IOException {
        var out = new ByteArrayOutputStream();
        BinaryEncoder binary = EncoderFactory.get().binaryEncoder(out, encoder);
        writer.write(record, binary);
        binary.flush();
        return out.toByteArray();
    }

    T read(byte[] bytes) throws IOException {
        return reader.read(null, DecoderFactory.get().binaryDecoder(bytes, decoder));
    }
}
