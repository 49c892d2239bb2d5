package org.ctstream.model.release;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A release's manifest as a JSON file. */
final class Manifest {
    /** A manifest has a few kilobytes. */
    private static final int MAX_BYTES = 1 << 20;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .registerModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addDeserializer(Instant.class, new InstantText()))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            // A newer version may add a field; an older worker can still serve the release.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private Manifest() {}

    static void write(ModelRelease release, Path file) throws IOException {
        Files.write(file, JSON.writeValueAsBytes(release));
    }

    /** The fields in which two manifests differ, as {@code threshold (0.5, 0.6)}. */
    static List<String> differences(ModelRelease one, ModelRelease other) {
        JsonNode first = JSON.valueToTree(one);
        JsonNode second = JSON.valueToTree(other);
        return first.properties().stream()
                .filter(field -> !field.getValue().equals(second.path(field.getKey())))
                .map(field -> field.getKey() + " (" + field.getValue() + ", " + second.path(field.getKey()) + ")")
                .toList();
    }

    /** Reads a manifest; the exception says what is wrong with it. */
    static ModelRelease read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in);
        }
    }

    /** Reads a manifest; the exception says what is wrong with it. */
    static ModelRelease read(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new IOException("it has more than " + MAX_BYTES + " bytes, the most a manifest may have");
        }
        return JSON.readValue(bytes, ModelRelease.class);
    }
}
