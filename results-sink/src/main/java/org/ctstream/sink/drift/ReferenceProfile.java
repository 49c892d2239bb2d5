package org.ctstream.sink.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a release says of the images it was made on. In a file: JSON, these names; the file is called after the digest.
 *
 * @param model name of the release
 * @param version of the release
 * @param digest SHA-256 of its weights, 64 lower-case hexadecimal digits: what results are found by
 * @param images which images, for people
 * @param probabilities how many of them have which probability
 * @param embeddings where their embeddings lie; null if the network or the engine gave none
 */
public record ReferenceProfile(
        String model,
        String version,
        String digest,
        String images,
        Bins probabilities,
        @Nullable EmbeddingReference embeddings) {
    private static final int MOST_BYTES = 1 << 17;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT);

    public ReferenceProfile {
        if (!isDigest(digest)) {
            throw new IllegalArgumentException(
                    "profile of weights '" + digest + "' (expected: 64 lower-case hexadecimal digits)");
        }
        if (probabilities.total() == 0) {
            throw new IllegalArgumentException("profile of " + model + ":" + version + " is of no image at all");
        }
    }

    static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    /** Name of its file. */
    public String fileName() {
        return fileName(digest);
    }

    static String fileName(String digest) {
        return digest + ".json";
    }

    /** @throws IOException if it is not readable, larger than 128 KiB or no profile; the message says what is wrong */
    static ReferenceProfile read(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IOException("it has more than " + MOST_BYTES + " bytes");
        }
        try {
            return JSON.readValue(bytes, ReferenceProfile.class);
        } catch (JsonProcessingException e) {
            throw new IOException("it is no profile of a release: " + e.getOriginalMessage(), e);
        }
    }

    /** As a file's content. */
    public byte[] write() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Numbers and names can always be written", e);
        }
    }
}
