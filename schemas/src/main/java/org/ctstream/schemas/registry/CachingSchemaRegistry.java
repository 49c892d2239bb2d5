package org.ctstream.schemas.registry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * Remembers ids and schemas, which never change once given. Failures are not remembered. Two threads that miss at once
 * both ask, which is harmless and keeps the wait outside of any lock.
 */
public final class CachingSchemaRegistry implements SchemaRegistry {
    private final SchemaRegistry registry;
    private final Map<Subjected, Integer> registered = new ConcurrentHashMap<>();
    private final Map<Subjected, Integer> found = new ConcurrentHashMap<>();
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

    public CachingSchemaRegistry(SchemaRegistry registry) {
        this.registry = registry;
    }

    @Override
    public int register(String subject, Schema schema) {
        Subjected key = new Subjected(subject, schema);
        Integer id = registered.get(key);
        if (id == null) {
            id = registry.register(subject, schema);
            registered.put(key, id);
        }
        return id;
    }

    @Override
    public int idOf(String subject, Schema schema) {
        Subjected key = new Subjected(subject, schema);
        Integer id = found.get(key);
        if (id == null) {
            id = registry.idOf(subject, schema);
            found.put(key, id);
        }
        return id;
    }

    @Override
    public Schema schemaOf(int id) {
        Schema schema = schemas.get(id);
        if (schema == null) {
            schema = registry.schemaOf(id);
            schemas.put(id, schema);
        }
        return schema;
    }

    @Override
    public void setCompatibility(String subject, Compatibility level) {
        registry.setCompatibility(subject, level);
    }

    @Override
    public void ping() {
        registry.ping();
    }

    /** Cheap to compare: a schema keeps its hash code, and the generated classes hand out the same object always. */
    private record Subjected(String subject, Schema schema) {}
}
