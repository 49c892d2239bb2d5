package org.ctstream.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * The registry behind Confluent's REST API, as Confluent Schema Registry and Apicurio ({@code /apis/ccompat/v7}) speak
 * it. Thread-safe; asks the network at each call, see {@link CachingSchemaRegistry}.
 *
 * @see "Confluent Schema Registry API reference"
 */
final class RestSchemaRegistry implements SchemaRegistry {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryEndpoints endpoints;
    private final boolean normalize;

    RestSchemaRegistry(RegistryEndpoints endpoints, boolean normalize) {
        this.endpoints = endpoints;
        this.normalize = normalize;
    }

    @Override
    public int register(String subject, Schema schema) {
        String path = subjectPath(subject) + "/versions" + normalizeQuery();
        return idIn(endpoints.send("POST", path, schemaBody(schema)), "register", subject, schema);
    }

    @Override
    public int idOf(String subject, Schema schema) {
        String path = subjectPath(subject) + normalizeQuery();
        return idIn(endpoints.send("POST", path, schemaBody(schema)), "find", subject, schema);
    }

    @Override
    public Schema schemaOf(int id) {
        RegistryAnswer answer = endpoints.send("GET", "/schemas/ids/" + id, null);
        if (answer.isUnknownSchemaId()) {
            throw new UnknownSchemaException(
                    id, "Schema registry knows no schema with id " + id + " (" + answer.describe() + ")");
        }
        JsonNode text = answer.body().path("schema");
        if (!answer.isSuccess() || text.isMissingNode()) {
            // Whoever answered, it was no registry: the page of a proxy must not make good records poison.
            throw new RegistryUnavailableException("Schema registry gave no answer of a registry when asked for the"
                    + " schema with id " + id + " (" + answer.describe() + "). Check that schema.registry.url points to"
                    + " the root of a Confluent-compatible registry API, and what a proxy before it does.");
        }
        String type = answer.body().path("schemaType").asText("AVRO");
        if (!type.equals("AVRO") || !text.isTextual()) {
            throw new UnknownSchemaException(
                    id, "Schema with id " + id + " is of type " + type + ": expected the text of an AVRO schema");
        }
        if (!answer.body().path("references").isEmpty()) {
            throw new UnknownSchemaException(
                    id, "Schema with id " + id + " refers to other schemas: expected one that is complete in itself");
        }
        try {
            return new Schema.Parser().parse(text.asText());
        } catch (AvroRuntimeException e) {
            throw new UnknownSchemaException(id, "Schema with id " + id + " does not parse: " + e.getMessage(), e);
        }
    }

    @Override
    public void setCompatibility(String subject, Compatibility level) {
        String body = json(Map.of("compatibility", level.name()));
        RegistryAnswer answer = endpoints.send("PUT", "/config/" + encode(subject), body);
        if (!answer.isSuccess()) {
            throw new SchemaRejectedException(
                    "Cannot set compatibility " + level + " for subject " + subject + ": " + answer.describe());
        }
    }

    /** The first id of all: small, there in every registry that has been used, and a 404 is as good an answer. */
    @Override
    public void ping() {
        var unused = endpoints.send("GET", "/schemas/ids/1", null);
    }

    private static int idIn(RegistryAnswer answer, String what, String subject, Schema schema) {
        JsonNode id = answer.body().path("id");
        if (answer.isSuccess() && id.isInt()) {
            return id.asInt();
        }
        throw new SchemaRejectedException("Cannot " + what + " schema " + schema.getFullName() + " under subject "
                + subject + " (" + answer.describe() + "). " + remedy(answer.status(), what));
    }

    private static String remedy(int status, String what) {
        if (status == 409) {
            return "It is incompatible with an earlier version: make a compatible change instead.";
        }
        if (status == 404 && what.equals("find")) {
            return "Register the schemas first, or set auto.register.schemas=true.";
        }
        return "Check that schema.registry.url points to the root of a Confluent-compatible registry API.";
    }

    private static String schemaBody(Schema schema) {
        return json(Map.of("schema", SchemaText.of(schema)));
    }

    private static String json(Map<String, String> fields) {
        return JSON.valueToTree(fields).toString();
    }

    private String normalizeQuery() {
        return normalize ? "?normalize=true" : "";
    }

    private static String subjectPath(String subject) {
        return "/subjects/" + encode(subject);
    }

    private static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
