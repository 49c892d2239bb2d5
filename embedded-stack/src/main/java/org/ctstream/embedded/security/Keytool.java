package org.ctstream.embedded.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.ctstream.embedded.part.EmbeddedException;

/**
 * The {@code keytool} of this Java installation, on one key store that is thrown away afterwards. The JDK has no public
 * class that signs certificates; this is its public program that does. The store's password goes by the environment.
 */
final class Keytool {

    private static final String PASSWORD_VARIABLE = "CTSTREAM_KEYTOOL_PASSWORD";
    private static final int PASSWORD_BYTES = 24;

    private final Path store;
    private final String password;

    Keytool(Path store, SecureRandom random) {
        this.store = store;
        byte[] bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        this.password = HexFormat.of().formatHex(bytes);
    }

    Path store() {
        return store;
    }

    char[] password() {
        return password.toCharArray();
    }

    /** Makes a key pair on the curve P-256 with its certificate. */
    void generate(String alias, String name, int validDays, List<String> more) {
        List<String> arguments = new ArrayList<>(List.of(
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                name,
                "-validity",
                Integer.toString(validDays),
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:env",
                PASSWORD_VARIABLE,
                // Starts twice as fast; its work is a signature.
                "-J-XX:TieredStopAtLevel=1"));
        arguments.addAll(more);
        run(arguments);
    }

    private void run(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put(PASSWORD_VARIABLE, password);
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new EmbeddedException("keytool could not make a certificate (exit code " + code + "): "
                        + output.strip() + ". It belongs to the Java installation in "
                        + System.getProperty("java.home") + ", version 17 or newer is needed.");
            }
        } catch (IOException e) {
            throw new EmbeddedException(
                    "Cannot run " + command.get(0) + " (" + e
                            + "), which makes the certificates of a secure stack. Use a Java installation that has it.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedException("Interrupted while making certificates", e);
        }
    }
}
