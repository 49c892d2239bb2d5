package org.ctstream.embedded.security;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.ctstream.embedded.part.EmbeddedException;

/**
 * The secrets of a secure stack: certificates, and for each user a password, a JAAS line and a registry token in files
 * that only the owner of the folder may read.
 *
 * <p>They are made at the first start and anew when they are about to expire or the users change; passwords stay. To
 * change a password, delete its file and start again.
 *
 * <h2>Thread safety</h2>
 * Immutable; two processes must not prepare one folder at a time.
 */
public final class SecurityFolder {

    private static final int VALID_DAYS = 397;
    private static final Duration RENEWED_BEFORE = Duration.ofDays(30);
    private static final int PASSWORD_BYTES = 24;
    private static final String USERS = "users";
    private static final String HTTP_USER_INFO = "http.user-info";
    private static final String HTTP_USER = "reader";

    private final Path directory;
    private final Issue issue;

    private SecurityFolder(Path directory, Issue issue) {
        this.directory = directory;
        this.issue = issue;
    }

    /**
     * The folder with everything these users need, made or completed where it is not. The data folder round it becomes
     * its owner's alone.
     *
     * @param users without {@link StackUser#BROKER}, which is always there
     * @param host IP address the servers listen on
     */
    public static SecurityFolder prepare(Path directory, List<StackUser> users, String host) {
        List<StackUser> all = new ArrayList<>(users);
        all.add(StackUser.BROKER);
        // Records, schemas and results are as confidential as what guards them.
        PrivateFiles.makeDirectory(
                Objects.requireNonNull(directory.toAbsolutePath().getParent(), "folder round it"));
        Instant now = Instant.now();
        if (!Issue.isIn(directory) || !Issue.read(directory).serves(host, all, now.plus(RENEWED_BEFORE))) {
            issue(directory, all, host, now);
        }
        all.forEach(user -> preparePassword(directory, user));
        prepareHttp(directory);
        return open(directory);
    }

    /**
     * One that was prepared before.
     *
     * @throws EmbeddedException if it was not
     */
    public static SecurityFolder open(Path directory) {
        if (!Issue.isIn(directory)) {
            throw new EmbeddedException(directory + " holds no certificates of a secure stack");
        }
        return new SecurityFolder(directory.toAbsolutePath(), Issue.read(directory));
    }

    public Path directory() {
        return directory;
    }

    /** The certificate authority's certificate, PEM. */
    public Path authority() {
        return directory.resolve(Certificates.AUTHORITY);
    }

    /** Private key and certificates of the broker, PEM. */
    public Path brokerKeyStore() {
        return directory.resolve(Certificates.BROKER);
    }

    /** A file with {@code user:password} for the HTTP ports of services. */
    public Path httpUserInfo() {
        return directory.resolve(HTTP_USER_INFO);
    }

    public Path registryCertificate() {
        return directory.resolve(Certificates.REGISTRY);
    }

    public Path registryKey() {
        return directory.resolve(Certificates.REGISTRY_KEY);
    }

    /** What the registry checks tokens with: an RSA key, base64. */
    public String registryPublicKey() {
        return issue.publicKey();
    }

    /** The user's SCRAM password. */
    public String password(String user) {
        return PrivateFiles.read(file(user, "password"));
    }

    /** The user's bearer token for the registry. */
    public String token(String user) {
        return PrivateFiles.read(file(user, "token"));
    }

    /** The value of {@code sasl.jaas.config} with which the user logs in. */
    public String jaas(String user) {
        return ScramLogin.jaas(user, password(user));
    }

    /** Kafka's client keys for this user, secrets included. */
    public Map<String, String> kafkaClient(String user) {
        Map<String, String> keys = new TreeMap<>(publicKafkaKeys());
        keys.put("sasl.jaas.config", jaas(user));
        return keys;
    }

    /**
     * Keys of Kafka's clients and of the registry for this user, secrets by reference to their files: the keys that end in
     * {@code .file} are ctstream's, Kafka's own tools do not know them.
     */
    public Map<String, String> clientKeys(String user) {
        Map<String, String> keys = new TreeMap<>(publicKafkaKeys());
        keys.put("sasl.jaas.config.file", file(user, "jaas").toString());
        keys.put("bearer.auth.credentials.source", "STATIC_TOKEN");
        keys.put("bearer.auth.token.file", file(user, "token").toString());
        keys.put("schema.registry.ssl.truststore.type", "PEM");
        keys.put("schema.registry.ssl.truststore.location", authority().toString());
        return keys;
    }

    private Map<String, String> publicKafkaKeys() {
        return Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                ScramLogin.MECHANISM,
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                authority().toString());
    }

    private Path file(String user, String kind) {
        return file(directory, user, kind);
    }

    private static Path file(Path directory, String user, String kind) {
        return directory.resolve(USERS).resolve(user + "." + kind);
    }

    private static void issue(Path directory, List<StackUser> users, String host, Instant now) {
        PrivateFiles.makeDirectory(directory);
        PrivateFiles.makeDirectory(directory.resolve(USERS));
        Certificates.make(directory, host, VALID_DAYS);
        RegistryTokens tokens = new RegistryTokens();
        Instant expires = now.plus(Duration.ofDays(VALID_DAYS));
        users.forEach(
                user -> PrivateFiles.write(file(directory, user.name(), "token"), tokens.token(user, now, expires)));
        Issue.of(expires, host, users, tokens.publicKey()).write(directory);
    }

    private static void preparePassword(Path directory, StackUser user) {
        Path password = file(directory, user.name(), "password");
        if (!Files.exists(password)) {
            PrivateFiles.write(password, newPassword());
        }
        PrivateFiles.write(
                file(directory, user.name(), "jaas"), ScramLogin.jaas(user.name(), PrivateFiles.read(password)));
    }

    private static void prepareHttp(Path directory) {
        Path file = directory.resolve(HTTP_USER_INFO);
        if (!Files.exists(file)) {
            PrivateFiles.write(file, HTTP_USER + ":" + newPassword());
        }
    }

    private static String newPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
