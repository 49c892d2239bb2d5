package org.ctstream.schemas.registry;

import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** Keys of the registry client: Confluent's names, so that one configuration serves both serializers. Never logged. */
public final class SchemaRegistryConfig extends AbstractConfig {
    /** Comma-separated URLs, tried in turn; or one {@code mock://scope}. */
    public static final String URL = "schema.registry.url";

    public static final String NORMALIZE = "normalize.schemas";
    public static final String BASIC_SOURCE = "basic.auth.credentials.source";
    public static final String BASIC_USER_INFO = "basic.auth.user.info";
    public static final String BEARER_SOURCE = "bearer.auth.credentials.source";
    public static final String BEARER_TOKEN = "bearer.auth.token";
    public static final String CONNECT_TIMEOUT_MS = "http.connect.timeout.ms";
    public static final String READ_TIMEOUT_MS = "http.read.timeout.ms";
    public static final String MAX_RETRIES = "max.retries";
    public static final String RETRIES_WAIT_MS = "retries.wait.ms";
    public static final String RETRIES_MAX_WAIT_MS = "retries.max.wait.ms";

    /** Before Kafka's own {@code ssl.*} keys, to tell the registry's from the broker's. */
    public static final String SSL_PREFIX = "schema.registry.";

    /** The keys with their types, defaults and meaning, for validation and for the reference page. */
    public static final ConfigDef DEFINITION = define();

    public SchemaRegistryConfig(Map<String, ?> originals) {
        super(DEFINITION, originals, false);
    }

    /** Kafka's {@code ssl.*} settings of the registry, with defaults, without the prefix; the broker's play no part. */
    public Map<String, Object> ssl() {
        return new ConfigDef().withClientSslSupport().parse(originalsWithPrefix(SSL_PREFIX));
    }

    private static ConfigDef define() {
        return new ConfigDef()
                .define(URL, Type.LIST, ConfigDef.NO_DEFAULT_VALUE, Importance.HIGH, """
                        URLs of the schema registry, tried in turn, or mock://SCOPE for one within the JVM.""")
                .define(NORMALIZE, Type.BOOLEAN, false, Importance.LOW, """
                        Whether the registry normalizes schema texts before it compares them.""")
                .define(BASIC_SOURCE, Type.STRING, "URL", ValidString.in("URL", "USER_INFO"), Importance.MEDIUM, """
                        Where the basic credentials are: in schema.registry.url (user:password@) or in \
                        basic.auth.user.info.""")
                .define(BASIC_USER_INFO, Type.PASSWORD, "", Importance.MEDIUM, "user:password for the registry.")
                .define(
                        BEARER_SOURCE,
                        Type.STRING,
                        "",
                        ValidString.in("", "STATIC_TOKEN"),
                        Importance.MEDIUM,
                        "STATIC_TOKEN to send bearer.auth.token, or empty.")
                .define(BEARER_TOKEN, Type.PASSWORD, "", Importance.MEDIUM, "Bearer token for the registry.")
                .define(CONNECT_TIMEOUT_MS, Type.INT, 5_000, Range.atLeast(1), Importance.LOW, """
                        Longest time to connect to the registry, in milliseconds.""")
                .define(READ_TIMEOUT_MS, Type.INT, 10_000, Range.atLeast(1), Importance.LOW, """
                        Longest time for one whole answer of the registry, in milliseconds.""")
                .define(MAX_RETRIES, Type.INT, 3, Range.between(0, 100), Importance.LOW, """
                        How often all URLs are tried again while the registry is away.""")
                .define(RETRIES_WAIT_MS, Type.LONG, 200L, Range.atLeast(0), Importance.LOW, """
                        Wait before the first such retry, in milliseconds; doubled each time.""")
                .define(RETRIES_MAX_WAIT_MS, Type.LONG, 2_000L, Range.atLeast(0), Importance.LOW, """
                        Longest wait between retries, in milliseconds.""");
    }
}
