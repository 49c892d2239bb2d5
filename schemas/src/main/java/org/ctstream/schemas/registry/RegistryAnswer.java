package org.ctstream.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One answer of the registry.
 *
 * @param status HTTP status
 * @param body JSON body; a missing node if there is none or it is no JSON
 */
record RegistryAnswer(int status, JsonNode body) {
    /** Confluent's error code for an id no schema has; Apicurio gives it too. */
    static final int UNKNOWN_SCHEMA_ID = 40403;

    boolean isSuccess() {
        return status / 100 == 2;
    }

    /** The registry cannot answer now, but may later or at another URL. */
    boolean isAway() {
        return status == 408 || status == 429 || status / 100 == 5;
    }

    boolean isRefusal() {
        return status == 401 || status == 403;
    }

    /** The registry itself says that there is no schema with the id asked for; a proxy's 404 does not. */
    boolean isUnknownSchemaId() {
        return !isSuccess() && body.path("error_code").asInt() == UNKNOWN_SCHEMA_ID;
    }

    /** Status, error code and message, on one line and not too long to log. */
    String describe() {
        String message = body.path("message").asText("").replaceAll("\\s+", " ");
        String shortened = message.length() <= 300 ? message : message.substring(0, 300) + "...";
        return "HTTP " + status + ", error code " + body.path("error_code").asText("none") + ": " + shortened;
    }
}
