package org.ctstream.cli.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.ctstream.cli.CliException;
import org.ctstream.cli.connect.AdminCalls;
import org.ctstream.cli.connect.Connection;
import org.ctstream.embedded.EmbeddedStack;
import org.ctstream.embedded.security.RegistryRole;
import org.ctstream.embedded.security.SecurityFolder;
import org.ctstream.embedded.security.StackUser;
import org.ctstream.schemas.serde.AvroSerdeConfig;
import org.ctstream.service.access.AccessControl;
import org.ctstream.service.access.Rights;
import org.ctstream.service.access.ServiceUser;
import org.ctstream.service.config.SecretFiles;
import org.ctstream.service.config.SecretKeys;

/**
 * How the parts of a local stack, and people, get at its broker and registry: without ado on a plain stack, each with a
 * user of its own on a secure one.
 */
final class StackAccess {
    private final String bootstrapServers;
    private final String registryUrl;
    private final Optional<SecurityFolder> security;

    private StackAccess(String bootstrapServers, String registryUrl, Optional<SecurityFolder> security) {
        this.bootstrapServers = bootstrapServers;
        this.registryUrl = registryUrl;
        this.security = security;
    }

    static StackAccess to(EmbeddedStack platform) {
        return new StackAccess(platform.bootstrapServers(), platform.registryUrl(), platform.security());
    }

    /** The users of a secure stack. Only the operator registers schemas. */
    static List<StackUser> users() {
        return Arrays.stream(ServiceUser.values())
                .map(user -> new StackUser(
                        user.word(), user == ServiceUser.OPERATOR ? RegistryRole.DEVELOPER : RegistryRole.READ_ONLY))
                .toList();
    }

    /** Gives the users of a secure stack their rights, and nobody else any. */
    void grant() {
        if (security.isPresent()) {
            try (var calls = new AdminCalls(connection(StackUser.BROKER.name()))) {
                new AccessControl(calls.admin()).bring(Rights.all());
            }
        }
    }

    Connection connection(ServiceUser user) {
        return connection(user.word());
    }

    /** Keys by which a service logs in and asks others to; secrets by the names of their files. */
    Map<String, String> keys(Role role) {
        var keys = new TreeMap<String, String>();
        security.ifPresent(folder -> {
            keys.putAll(folder.clientKeys(userOf(role).word()));
            keys.put("http.basic.auth.user.info.file", folder.httpUserInfo().toString());
        });
        keys.put("bootstrap.servers", bootstrapServers);
        keys.put("schema.registry.url", registryUrl);
        return keys;
    }

    /** {@code user:password} of the services' HTTP ports, if they ask for it. */
    Optional<String> httpUserInfo() {
        return httpUserInfoFile().map(StackAccess::read);
    }

    Optional<Path> httpUserInfoFile() {
        return security.map(SecurityFolder::httpUserInfo);
    }

    /** Writes the {@code --command-config} of a person and returns where it is; none is needed on a plain stack. */
    Optional<Path> commandConfig(ServiceUser user, Path directory) {
        return security.map(folder -> {
            var properties = new Properties();
            properties.putAll(folder.clientKeys(user.word()));
            properties.putAll(serializerKeys(user.word()));
            properties.setProperty("bootstrap.servers", bootstrapServers);
            properties.setProperty("schema.registry.url", registryUrl);
            Path file = directory.resolve(user.word() + ".properties");
            try {
                Files.createDirectories(directory);
                try (Writer writer = Files.newBufferedWriter(file)) {
                    properties.store(writer, "Written by ctstream at each start: --command-config " + file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write " + file, e);
            }
            return file;
        });
    }

    private Connection connection(String user) {
        if (security.isEmpty()) {
            return Connection.plain(bootstrapServers, registryUrl);
        }
        var problems = new ArrayList<String>();
        Map<String, String> extra =
                new TreeMap<>(SecretFiles.resolve(security.get().clientKeys(user), SecretKeys.ofClients(), problems));
        if (!problems.isEmpty()) {
            throw CliException.failure(String.join("; ", problems), null);
        }
        extra.putAll(serializerKeys(user));
        return new Connection(bootstrapServers, registryUrl, extra);
    }

    private static Map<String, String> serializerKeys(String user) {
        boolean registers = user.equals(ServiceUser.OPERATOR.word());
        return Map.of(AvroSerdeConfig.AUTO_REGISTER, Boolean.toString(registers));
    }

    private static ServiceUser userOf(Role role) {
        return switch (role) {
            case INGEST -> ServiceUser.INGEST;
            case WORKER -> ServiceUser.WORKER;
            case SINK -> ServiceUser.SINK;
        };
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
