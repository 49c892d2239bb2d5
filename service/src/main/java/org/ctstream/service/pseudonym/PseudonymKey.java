package org.ctstream.service.pseudonym;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;

/**
 * Reads the site's key: text, used as its UTF-8 bytes, or {@code base64:} and the bytes in base64. No message holds the
 * key or a part of it.
 */
public final class PseudonymKey {
    /** Half of SHA-256's output: less is guessed more easily than the pseudonym. */
    public static final int MIN_BYTES = 16;

    private static final String BASE64 = "base64:";

    private PseudonymKey() {}

    /** The key's bytes, or empty for the empty text. */
    public static Optional<byte[]> parse(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        byte[] key = text.startsWith(BASE64) ? decode(text.substring(BASE64.length())) : text.getBytes(UTF_8);
        if (key.length < MIN_BYTES) {
            throw new ConfigException("The pseudonym key has " + key.length + " bytes (expected: " + MIN_BYTES
                    + " or more, as text or as base64:<bytes in base64>)");
        }
        return Optional.of(key);
    }

    /**
     * The key from a file, for secrets that are mounted. White space round it is not part of it.
     *
     * @throws FatalStageException if the file cannot be read or holds no key
     */
    public static byte[] read(Path file) {
        try {
            return parse(Files.readString(file).strip())
                    .orElseThrow(() -> new ConfigException("The file is empty (expected: the pseudonym key)"));
        } catch (IOException | ConfigException e) {
            throw new FatalStageException(
                    Stage.NORMALIZE,
                    "Cannot take the pseudonym key from " + file + " (expected: a UTF-8 file with the key): "
                            + e.getMessage(),
                    e);
        }
    }

    /** Checks a key given in the configuration, for {@link ConfigDef}. */
    public static ConfigDef.Validator validator() {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> parse(((Password) value).value()),
                () -> "text of " + MIN_BYTES + " bytes or more, or base64:<" + MIN_BYTES + " bytes or more in base64>");
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            throw new ConfigException("The pseudonym key begins with base64: and what follows is not base64");
        }
    }
}
