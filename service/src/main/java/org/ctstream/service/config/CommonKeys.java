package org.ctstream.service.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The keys every service has. */
public final class CommonKeys {
    public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    public static final String SCHEMA_REGISTRY_URL = "schema.registry.url";
    public static final String INSTANCE_NAME = "instance.name";
    public static final String HTTP_HOST = "http.host";
    public static final String HTTP_PORT = "http.port";
    public static final String TOPICS_CREATE = "topics.create";
    public static final String TOPICS_PARTITIONS = "topics.partitions";
    public static final String TOPICS_REPLICATION_FACTOR = "topics.replication.factor";
    public static final String DRAIN_TIMEOUT_MS = "drain.timeout.ms";
    public static final String LIVENESS_TIMEOUT_MS = "liveness.timeout.ms";

    private CommonKeys() {}

    /** @param httpPort the service's default port */
    public static ConfigDef def(int httpPort) {
        return TracingKeys.define(HttpKeys.define(new ConfigDef()))
                .define(
                        BOOTSTRAP_SERVERS,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Kafka brokers to begin with, host:port, comma-separated.")
                .define(
                        SCHEMA_REGISTRY_URL,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "URL of a schema registry that speaks Confluent's REST API; several comma-separated.")
                .define(
                        INSTANCE_NAME,
                        Type.STRING,
                        hostName(),
                        new ConfigDef.NonEmptyString(),
                        Importance.MEDIUM,
                        "Name of this process in results, logs and client ids; unique among the service's instances.")
                .define(
                        HTTP_HOST,
                        Type.STRING,
                        "127.0.0.1",
                        new ConfigDef.NonEmptyString(),
                        Importance.MEDIUM,
                        "Address the HTTP port binds to. Loopback unless told otherwise; elsewhere it wants credentials.")
                .define(
                        HTTP_PORT,
                        Type.INT,
                        httpPort,
                        Range.between(0, 65_535),
                        Importance.MEDIUM,
                        "Port of /livez, /readyz and /metrics; 0 takes any free port.")
                .define(
                        TOPICS_CREATE,
                        Type.BOOLEAN,
                        true,
                        Importance.MEDIUM,
                        "Create missing topics of the catalogue and register missing schemas at start. "
                                + "False where an administrator does it; missing topics then stop the start.")
                .define(
                        TOPICS_PARTITIONS,
                        Type.INT,
                        0,
                        Range.between(0, 10_000),
                        Importance.MEDIUM,
                        "Partitions of created scan topics; 0 takes the catalogue's number. "
                                + "At most this many workers share the load.")
                .define(
                        TOPICS_REPLICATION_FACTOR,
                        Type.INT,
                        -1,
                        Range.between(-1, 32),
                        Importance.MEDIUM,
                        "Replication factor of created topics; -1 takes the broker's default.")
                .define(
                        DRAIN_TIMEOUT_MS,
                        Type.LONG,
                        30_000L,
                        Range.atLeast(0),
                        Importance.MEDIUM,
                        "How long a stop may take to finish and commit what is in hand.")
                .define(
                        LIVENESS_TIMEOUT_MS,
                        Type.LONG,
                        60_000L,
                        Range.atLeast(1_000),
                        Importance.LOW,
                        "Longest silence of the main loop before /livez says no.");
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName() + "-"
                    + ProcessHandle.current().pid();
        } catch (UnknownHostException e) {
            return "process-" + ProcessHandle.current().pid();
        }
    }
}
