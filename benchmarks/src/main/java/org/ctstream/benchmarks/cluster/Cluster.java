package org.ctstream.benchmarks.cluster;

import java.nio.file.Path;
import org.ctstream.cli.connect.AdminCalls;
import org.ctstream.cli.connect.Connection;
import org.ctstream.embedded.EmbeddedStack;
import org.ctstream.embedded.EmbeddedStackSettings;
import org.ctstream.schemas.registry.SchemaRegistration;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.topic.TopicCreator;

/** Broker and registry in processes of their own, with all topics and schemas, and no service. */
public final class Cluster implements AutoCloseable {
    private final EmbeddedStack stack;
    private final Connection connection;
    private final Path folder;

    private Cluster(Path folder, EmbeddedStack stack) {
        this.folder = folder;
        this.stack = stack;
        this.connection = Connection.plain(stack.bootstrapServers(), stack.registryUrl());
    }

    /** Starts one that keeps everything in a folder. */
    public static Cluster start(Path folder) {
        var cluster = new Cluster(folder, EmbeddedStack.start(EmbeddedStackSettings.in(folder)));
        try {
            try (var calls = new AdminCalls(cluster.connection)) {
                new TopicCreator(calls.admin(), 0, -1).createMissing(Topic.allSpecs());
            }
            SchemaRegistration.of(cluster.connection.serializers()).registerAll();
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    public Connection connection() {
        return connection;
    }

    /** For files of the services. */
    public Path folder() {
        return folder;
    }

    @Override
    public void close() {
        stack.close();
    }
}
