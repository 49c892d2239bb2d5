package org.ctstream.schemas.registry;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.ctstream.schemas.topic.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the catalogue's schemas and sets their compatibility to BACKWARD_TRANSITIVE: new consumers read all that was
 * ever written. Set per subject, since the defaults of registries differ (Apicurio's is NONE). Doing it again changes
 * nothing.
 */
public final class SchemaRegistration {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaRegistration.class);

    private final SchemaRegistry registry;

    public SchemaRegistration(SchemaRegistry registry) {
        this.registry = registry;
    }

    /** With the registry a configuration names. */
    public static SchemaRegistration of(Map<String, ?> configs) {
        return new SchemaRegistration(SchemaRegistries.open(configs));
    }

    /**
     * Registers every schema of the catalogue.
     *
     * @return schema id per subject, in catalogue order
     * @throws RegistryUnavailableException if the registry is away: try again
     * @throws SchemaRejectedException if a schema is incompatible with an earlier version
     */
    public Map<String, Integer> registerAll() {
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (Topic topic : Topic.values()) {
            ids.put(topic.valueSubject(), register(topic.valueSubject(), topic.schema()));
        }
        return ids;
    }

    /** Registers one schema, for a topic that a site has renamed. */
    public int register(String subject, Schema schema) {
        // The level first, so that it already holds for the schema we bring.
        registry.setCompatibility(subject, Compatibility.BACKWARD_TRANSITIVE);
        int id = registry.register(subject, schema);
        LOG.debug("Schema registered: subject={} schema={} id={}", subject, schema.getFullName(), id);
        return id;
    }
}
