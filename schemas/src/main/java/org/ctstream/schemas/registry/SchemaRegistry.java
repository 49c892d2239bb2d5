package org.ctstream.schemas.registry;

import org.apache.avro.Schema;

/**
 * What serializers need of a schema registry. Implementations are thread-safe.
 *
 * <p>All methods throw {@link RegistryUnavailableException} if the registry is away (try again), and
 * {@link RegistryAccessException} if it refuses our credentials.
 */
public interface SchemaRegistry {
    /**
     * Registers a schema under a subject; registering the same text again gives the same id and no new version.
     *
     * @throws SchemaRejectedException if it is incompatible with the subject's versions, or refused otherwise
     */
    int register(String subject, Schema schema);

    /**
     * The id of a schema already registered under a subject.
     *
     * @throws SchemaRejectedException if it is not registered there
     */
    int idOf(String subject, Schema schema);

    /**
     * The schema of an id read from a record.
     *
     * @throws UnknownSchemaException if there is none, or it is no Avro schema
     */
    Schema schemaOf(int id);

    /** Sets the compatibility level of one subject, which need not exist yet. */
    void setCompatibility(String subject, Compatibility level);

    /** Asks for an answer, whatever it says; returns if there is one. It is never served from memory. */
    void ping();
}
