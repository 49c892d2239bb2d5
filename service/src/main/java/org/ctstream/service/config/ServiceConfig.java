package org.ctstream.service.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.types.Password;
import org.ctstream.schemas.registry.SchemaRegistryConfig;
import org.ctstream.schemas.serde.AvroSerdeConfig;

/**
 * The checked configuration of one service: its own keys, and Kafka's keys passed through to the clients.
 *
 * <p>A Kafka key at the top ({@code security.protocol}) goes to every client; one with the prefix {@code consumer.},
 * {@code producer.}, {@code admin.} or {@code streams.} only to that one. Serializer and registry keys
 * ({@code schema.registry.*}, {@code basic.auth.*} and the like) go to the serializers.
 *
 * <h2>Thread safety</h2>
 * Immutable.
 */
public final class ServiceConfig {
    private static final List<String> CLIENT_PREFIXES = List.of("consumer.", "producer.", "admin.", "streams.");
    private static final List<String> SERIALIZER_PREFIXES =
            List.of("schema.registry.", "auto.register.", "use.latest.", "avro.", "config.providers.");

    /** Keys of the serializers beside those of our own drop-ins, which every registry client has. */
    private static final Set<String> SERIALIZER_KEYS =
            Set.of("value.serializer", "value.deserializer", "value.subject.name.strategy", "config.providers");

    private final Map<String, String> given;
    private final AbstractConfig own;
    private final SecretKeys secrets;

    private ServiceConfig(Map<String, String> given, AbstractConfig own, SecretKeys secrets) {
        this.given = Map.copyOf(given);
        this.own = own;
        this.secrets = secrets;
    }

    /**
     * Checks everything and reports every problem at once.
     *
     * @param service name for people, used in the error
     * @param def the service's own keys, usually begun with {@link CommonKeys#def()}
     * @param settings keys and values; a secret may be in a file, see {@link SecretFiles}
     * @throws ConfigProblemsException if a value does not fit its key or a key is not known
     */
    public static ServiceConfig of(String service, ConfigDef def, Map<String, String> settings) {
        var problems = new ArrayList<String>();
        SecretKeys secrets = SecretKeys.of(def);
        Map<String, String> given = SecretFiles.resolve(settings, secrets, problems);
        for (ConfigValue value : def.validate(given)) {
            for (String message : value.errorMessages()) {
                problems.add(message + " (environment variable " + ConfigSources.variableOf(value.name()) + ")");
            }
        }
        Set<String> known = knownKeys(def);
        for (String key : new TreeSet<>(given.keySet())) {
            if (!isKnown(key, known)) {
                problems.add("Unknown key " + key
                        + NearestKey.to(key, known)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse(""));
            }
        }
        stopAt(service, problems);
        var own = new AbstractConfig(def, given, false);
        problems.addAll(HttpKeys.problems(own));
        stopAt(service, problems);
        return new ServiceConfig(given, own, secrets);
    }

    private static void stopAt(String service, List<String> problems) {
        if (!problems.isEmpty()) {
            throw new ConfigProblemsException(service, problems);
        }
    }

    private static Set<String> knownKeys(ConfigDef def) {
        var known = new TreeSet<>(def.names());
        known.addAll(kafkaKeys());
        known.addAll(SERIALIZER_KEYS);
        known.addAll(AvroSerdeConfig.DEFINITION.names());
        known.addAll(SchemaRegistryConfig.DEFINITION.names());
        return known;
    }

    private static Set<String> kafkaKeys() {
        var keys = new TreeSet<>(ConsumerConfig.configNames());
        keys.addAll(ProducerConfig.configNames());
        keys.addAll(AdminClientConfig.configNames());
        return keys;
    }

    private static boolean isKnown(String key, Set<String> known) {
        return known.contains(key)
                || CLIENT_PREFIXES.stream().anyMatch(key::startsWith)
                || SERIALIZER_PREFIXES.stream().anyMatch(key::startsWith);
    }

    public String string(String key) {
        return own.getString(key);
    }

    public int integer(String key) {
        return own.getInt(key);
    }

    public long longInteger(String key) {
        return own.getLong(key);
    }

    public double decimal(String key) {
        return own.getDouble(key);
    }

    public boolean bool(String key) {
        return own.getBoolean(key);
    }

    public List<String> list(String key) {
        return own.getList(key);
    }

    public Path path(String key) {
        return Path.of(own.getString(key));
    }

    public Password password(String key) {
        return own.getPassword(key);
    }

    /** What was given, as it may be logged: without secrets. */
    public SortedMap<String, String> printable() {
        return PrintableConfig.of(given, secrets);
    }

    /** A key whose name ends in {@code .ms}. */
    public Duration millis(String key) {
        return Duration.ofMillis(own.getLong(key));
    }

    /** Whether the service has the key at all. */
    public boolean defines(String key) {
        return own.values().containsKey(key);
    }

    /** True if the key was given by file, environment or flag. */
    public boolean isSet(String key) {
        return given.containsKey(key) && !given.getOrDefault(key, "").isBlank();
    }

    /**
     * Configuration for the serializers: everything given, since their keys are theirs to know. Where an administrator
     * creates topics, he registers schemas too.
     */
    public Map<String, Object> serializers() {
        var serializers = new HashMap<String, Object>(given);
        if (!own.getBoolean(CommonKeys.TOPICS_CREATE)) {
            serializers.putIfAbsent(AvroSerdeConfig.AUTO_REGISTER, false);
        }
        return serializers;
    }

    public Map<String, Object> consumer() {
        return client(ConsumerConfig.configNames(), "consumer.");
    }

    public Map<String, Object> producer() {
        return client(ProducerConfig.configNames(), "producer.");
    }

    public Map<String, Object> admin() {
        return client(AdminClientConfig.configNames(), "admin.");
    }

    /** Everything a Kafka Streams application may want: top-level client keys and {@code streams.}-prefixed ones. */
    public Map<String, Object> streams() {
        return client(kafkaKeys(), "streams.");
    }

    private Map<String, Object> client(Set<String> names, String prefix) {
        var client = new HashMap<String, Object>();
        given.forEach((key, value) -> {
            // Our services decode values themselves, so that one bad record never fails a whole poll.
            if (names.contains(key) && !key.endsWith(".serializer") && !key.endsWith(".deserializer")) {
                client.put(key, value);
            }
        });
        given.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                client.put(key.substring(prefix.length()), value);
            }
        });
        return client;
    }
}
