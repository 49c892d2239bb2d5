package org.ctstream.service.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes secrets from files: where a secret key may stand, the same key with {@value #SUFFIX} names a file with its value,
 * as container platforms mount secrets. White space round the value is not part of it.
 */
public final class SecretFiles {
    public static final String SUFFIX = ".file";

    private SecretFiles() {}

    /**
     * The settings with each secret's file replaced by what it holds; others are left as they are.
     *
     * @param problems gets a sentence for each file that cannot be read, is empty, or stands beside its key
     */
    public static Map<String, String> resolve(Map<String, String> given, SecretKeys keys, List<String> problems) {
        var resolved = new HashMap<>(given);
        given.forEach((key, file) -> {
            if (!key.endsWith(SUFFIX) || !keys.isSecret(withoutSuffix(key)) || keys.isOwn(key)) {
                return;
            }
            String secret = withoutSuffix(key);
            resolved.remove(key);
            if (!given.getOrDefault(secret, "").isBlank()) {
                problems.add(secret + " and " + key + " are both set (expected: one of them)");
            } else if (!file.isBlank()) {
                read(key, file, problems, secret, resolved);
            }
        });
        return resolved;
    }

    private static void read(
            String key, String file, List<String> problems, String secret, Map<String, String> resolved) {
        try {
            String value = Files.readString(Path.of(file)).strip();
            if (value.isEmpty()) {
                problems.add("The file of " + key + ", " + file + ", is empty (expected: the value of " + secret + ")");
            }
            resolved.put(secret, value);
        } catch (IOException | InvalidPathException e) {
            problems.add("Cannot read the file of " + key + ", " + file + " (expected: a UTF-8 file with the value of "
                    + secret + "): " + e);
        }
    }

    private static String withoutSuffix(String key) {
        return key.substring(0, key.length() - SUFFIX.length());
    }
}
