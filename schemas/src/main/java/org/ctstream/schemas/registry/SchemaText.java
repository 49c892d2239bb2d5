package org.ctstream.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * The one text under which a schema is registered: {@link Schema#toString()} without {@code avro.java.string}.
 *
 * <p>Registries compare text. A schema registered pretty-printed, or with the Java-only property that generated classes
 * carry, is not found by a serializer that sends the other form, and becomes a second version.
 */
public final class SchemaText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SchemaText() {}

    /** The text to register for a schema. */
    public static String of(Schema schema) {
        try {
            JsonNode tree = JSON.readTree(schema.toString());
            removeJavaString(tree);
            return new Schema.Parser().parse(tree.toString()).toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Schema " + schema.getFullName() + " does not print as JSON", e);
        }
    }

    private static void removeJavaString(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(GenericData.STRING_PROP);
        }
        node.forEach(SchemaText::removeJavaString);
    }
}
