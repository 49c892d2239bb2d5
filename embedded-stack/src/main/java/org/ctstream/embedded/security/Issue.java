package org.ctstream.embedded.security;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Properties;
import java.util.stream.Collectors;
import org.ctstream.embedded.part.EmbeddedException;

/**
 * What a security folder was made for: written last, so that a folder without it is unfinished.
 *
 * @param host address of the servers the certificates are for
 * @param users users and their roles, sorted
 * @param publicKey the registry's key for tokens
 */
record Issue(Instant expires, String host, String users, String publicKey) {

    private static final String FILE = "issued.properties";

    static Issue of(Instant expires, String host, Collection<StackUser> users, String publicKey) {
        return new Issue(expires, host, text(users), publicKey);
    }

    static boolean isIn(Path directory) {
        return Files.exists(directory.resolve(FILE));
    }

    static Issue read(Path directory) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(PrivateFiles.read(directory.resolve(FILE))));
        } catch (IOException e) {
            throw new EmbeddedException("Cannot read " + directory.resolve(FILE), e);
        }
        return new Issue(
                Instant.parse(properties.getProperty("expires", Instant.EPOCH.toString())),
                properties.getProperty("host", ""),
                properties.getProperty("users", ""),
                properties.getProperty("registry.public.key", ""));
    }

    void write(Path directory) {
        PrivateFiles.write(
                directory.resolve(FILE),
                "expires=" + expires + "\nhost=" + host + "\nusers=" + users + "\nregistry.public.key=" + publicKey
                        + "\n");
    }

    /** Whether it still serves these users at this address until then. */
    boolean serves(String wantedHost, Collection<StackUser> wanted, Instant until) {
        return host.equals(wantedHost) && users.equals(text(wanted)) && expires.isAfter(until);
    }

    private static String text(Collection<StackUser> users) {
        return users.stream()
                .map(user -> user.name() + ":" + user.registryRole().word())
                .sorted()
                .collect(Collectors.joining(","));
    }
}
