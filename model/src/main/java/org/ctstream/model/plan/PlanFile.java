package org.ctstream.model.plan;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The small JSON file that says what a plan is. A plan is in the store from the moment this file is.
 *
 * @param key what it was made from and for
 * @param file name of the plan's file, in the same folder
 * @param sha256 digest of that file
 * @param createdAt when it was stored, ISO-8601
 */
record PlanFile(PlanKey key, String file, String sha256, String createdAt) {
    static final String SUFFIX = ".json";

    /** DJL tells a plan from an ONNX file by the name. */
    static final String PLAN_SUFFIX = ".trt";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,200}\\.trt");
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            // Another version's key may have more to it, and is then not this one's.
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    PlanFile {
        // It names a file in its own folder and nowhere else, whoever wrote it.
        if (!NAME.matcher(file).matches()) {
            throw new IllegalArgumentException("'" + file + "' is no name of a plan's file");
        }
    }

    static PlanFile read(Path path) throws IOException {
        return JSON.readValue(Files.readAllBytes(path), PlanFile.class);
    }

    void write(Path path) throws IOException {
        Files.write(path, JSON.writeValueAsBytes(this));
    }
}
