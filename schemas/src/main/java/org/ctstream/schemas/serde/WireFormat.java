package org.ctstream.schemas.serde;

/**
 * Confluent's framing of a value: a zero byte, the schema's id as 4 bytes big-endian, then Avro binary.
 *
 * @see "Confluent Schema Registry documentation, Wire format"
 */
final class WireFormat {
    static final byte MAGIC = 0;
    static final int HEADER_BYTES = 5;

    private WireFormat() {}
}
