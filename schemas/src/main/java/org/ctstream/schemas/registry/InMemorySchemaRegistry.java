package org.ctstream.schemas.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A registry within the JVM, for tests that need no process: serializers configured with the same {@code mock://scope}
 * URL share one. It keeps ids and versions as a real registry does; it checks no compatibility.
 */
public final class InMemorySchemaRegistry implements SchemaRegistry {
    private static final Map<String, InMemorySchemaRegistry> SCOPES = new ConcurrentHashMap<>();

    private final List<String> textsById = new ArrayList<>();
    private final Map<String, List<Integer>> versions = new HashMap<>();
    private final Map<String, Compatibility> levels = new HashMap<>();

    /** The registry of a scope, made at its first use. */
    public static InMemorySchemaRegistry ofScope(String scope) {
        return SCOPES.computeIfAbsent(scope, s -> new InMemorySchemaRegistry());
    }

    @Override
    public synchronized int register(String subject, Schema schema) {
        String text = SchemaText.of(schema);
        int id = textsById.indexOf(text) + 1;
        if (id == 0) {
            textsById.add(text);
            id = textsById.size();
        }
        List<Integer> ids = versions.computeIfAbsent(subject, s -> new ArrayList<>());
        if (!ids.contains(id)) {
            ids.add(id);
        }
        return id;
    }

    @Override
    public synchronized int idOf(String subject, Schema schema) {
        int id = textsById.indexOf(SchemaText.of(schema)) + 1;
        if (!versions.getOrDefault(subject, List.of()).contains(id)) {
            throw new SchemaRejectedException("Schema " + schema.getFullName() + " is not registered under subject "
                    + subject + " of the in-memory registry, and auto.register.schemas is false");
        }
        return id;
    }

    @Override
    public synchronized Schema schemaOf(int id) {
        if (id < 1 || id > textsById.size()) {
            throw new UnknownSchemaException(id, "The in-memory registry has no schema with id " + id);
        }
        return new Schema.Parser().parse(textsById.get(id - 1));
    }

    @Override
    public synchronized void setCompatibility(String subject, Compatibility level) {
        levels.put(subject, level);
    }

    @Override
    public void ping() {
        // Within this JVM: there is nothing that could be away.
    }

    /** The level set for a subject, or null. */
    public synchronized @Nullable Compatibility compatibilityOf(String subject) {
        return levels.get(subject);
    }

    /** The ids of a subject's versions, oldest first; empty for a subject that does not exist. */
    public synchronized List<Integer> versionsOf(String subject) {
        return List.copyOf(versions.getOrDefault(subject, List.of()));
    }
}
