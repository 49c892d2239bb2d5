package org.ctstream.reliability.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.ctstream.cli.connect.AdminCalls;
import org.ctstream.cli.connect.Connection;
import org.ctstream.embedded.broker.BrokerCluster;
import org.ctstream.embedded.registry.EmbeddedRegistry;
import org.ctstream.embedded.registry.EmbeddedRegistrySettings;
import org.ctstream.schemas.registry.SchemaRegistration;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.schemas.topic.TopicSpec;
import org.ctstream.service.topic.TopicCreator;

/**
 * Brokers, registry and database, with all topics and schemas, and no service.
 *
 * <h2>Thread safety</h2>
 * Started and closed by one thread; its parts may be stopped and started by any.
 */
public final class Platform implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    private final PlatformPlan plan;
    private final BrokerCluster brokers;
    private final EmbeddedRegistry registry;
    private final SinkDatabase database;

    private Platform(PlatformPlan plan) {
        this.plan = plan;
        this.brokers = new BrokerCluster(
                plan.folder().resolve("kafka"), logs(), plan.brokers(), plan.overrides(), START_TIMEOUT);
        this.registry =
                new EmbeddedRegistry(EmbeddedRegistrySettings.in(plan.folder().resolve("registry"))
                        .withLogFile(logs().resolve("registry.log"))
                        .withStartTimeout(START_TIMEOUT));
        this.database = plan.postgres()
                ? new PostgresServer(plan.folder().resolve("postgres"))
                : new H2File(plan.folder().resolve("database").resolve("ctstream"));
    }

    /** Starts it on a folder, which may be one of an earlier run. */
    public static Platform start(PlatformPlan plan) {
        var platform = new Platform(plan);
        try {
            Together.each(List.<Runnable>of(platform.brokers::start, platform.registry::start), Runnable::run);
            try (var calls = new AdminCalls(platform.connection())) {
                new TopicCreator(calls.admin(), plan.partitions(), -1).createMissing(Topic.allSpecs());
            }
            SchemaRegistration.of(platform.connection().serializers()).registerAll();
            return platform;
        } catch (RuntimeException | Error e) {
            platform.close();
            throw e;
        }
    }

    public Connection connection() {
        return Connection.plain(brokers.bootstrapServers(), registry.url());
    }

    public BrokerCluster brokers() {
        return brokers;
    }

    public EmbeddedRegistry registry() {
        return registry;
    }

    public SinkDatabase database() {
        return database;
    }

    public PlatformPlan plan() {
        return plan;
    }

    /** Where every process has its log. */
    public Path logs() {
        return plan.folder().resolve("logs");
    }

    /** Whether every replica of every topic of ours has all its leader has; false also if nobody answers. */
    public boolean isInSync() {
        try (var calls = new AdminCalls(connection())) {
            Admin admin = calls.admin();
            return admin
                    .describeTopics(
                            Topic.allSpecs().stream().map(TopicSpec::name).toList())
                    .allTopicNames()
                    .get(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                    .values()
                    .stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition ->
                            partition.isr().size() == partition.replicas().size());
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        // An interrupt is often why we are here; it must not cut the orderly end short.
        boolean interrupted = Thread.interrupted();
        try {
            Together.each(List.<Runnable>of(brokers::close, registry::close, database::close), Runnable::run);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
