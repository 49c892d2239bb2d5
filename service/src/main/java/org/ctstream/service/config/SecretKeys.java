package org.ctstream.service.config;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.ctstream.schemas.registry.SchemaRegistryConfig;

/** Knows which keys hold secrets: those of type PASSWORD, ours, Kafka's and the registry's, with or without a prefix. */
public final class SecretKeys {
    private static final List<String> PREFIXES = List.of(
            "consumer.",
            "producer.",
            "admin.",
            "streams.",
            "streams.consumer.",
            "streams.main.consumer.",
            "streams.producer.",
            "streams.admin.",
            SchemaRegistryConfig.SSL_PREFIX);

    /** What the name of a secret of somebody else, a plug-in's or a serializer's, ends in. */
    private static final List<String> TELLING_ENDS = List.of("password", "secret", "token", "user.info", "credentials");

    private final Set<String> secrets = new TreeSet<>();
    private final Set<String> own = new TreeSet<>();

    private SecretKeys() {}

    /** Of a service with these keys. */
    public static SecretKeys of(ConfigDef def) {
        var keys = new SecretKeys();
        keys.own.addAll(def.names());
        keys.take(def);
        keys.take(SchemaRegistryConfig.DEFINITION);
        keys.take(ConsumerConfig.configDef());
        return keys;
    }

    /** Of a command that has no keys of its own. */
    public static SecretKeys ofClients() {
        return of(new ConfigDef());
    }

    /** Whether the key's value is a secret. */
    public boolean isSecret(String key) {
        return secrets.contains(key)
                || PREFIXES.stream()
                        .filter(key::startsWith)
                        .anyMatch(prefix -> secrets.contains(key.substring(prefix.length())))
                || (!own.contains(key) && TELLING_ENDS.stream().anyMatch(key::endsWith));
    }

    /** Whether the service defines the key itself. */
    boolean isOwn(String key) {
        return own.contains(key);
    }

    private void take(ConfigDef def) {
        def.configKeys().values().stream()
                .filter(key -> key.type == Type.PASSWORD)
                .map((ConfigKey key) -> key.name)
                .forEach(secrets::add);
    }
}
