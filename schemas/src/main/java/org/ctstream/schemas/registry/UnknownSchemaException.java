package org.ctstream.schemas.registry;

import org.apache.kafka.common.errors.SerializationException;

/** A record names a schema id that the registry does not know, or whose text is no Avro schema: the record is poison. */
public class UnknownSchemaException extends SerializationException {
    private static final long serialVersionUID = 1L;

    private final int schemaId;

    public UnknownSchemaException(int schemaId, String message) {
        super(message);
        this.schemaId = schemaId;
    }

    public UnknownSchemaException(int schemaId, String message, Throwable cause) {
        super(message, cause);
        this.schemaId = schemaId;
    }

    /** The id the record names. */
    public int schemaId() {
        return schemaId;
    }
}
