package org.ctstream.cli.topics;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ctstream.cli.CliException;
import org.ctstream.cli.connect.AdminCalls;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.connect.ConnectionOptions;
import org.ctstream.schemas.registry.SchemaRegistration;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.topic.TopicCreator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ctstream topics create}. */
@Command(
        name = "create",
        description =
                "Creates the topics of the catalogue that are missing and registers their schemas. Topics that exist"
                        + " are left as they are.")
public final class CreateTopicsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Partitions of the scan topics; 0 takes the catalogue's number.")
    private int partitions;

    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            description = "Copies of each partition; -1 takes the broker's default.")
    private int replicationFactor = -1;

    @Option(names = "--no-schemas", description = "Leave the schema registry alone.")
    private boolean noSchemas;

    @Override
    public void run() {
        if (partitions < 0 || replicationFactor < -1 || replicationFactor == 0) {
            throw CliException.usage("--partitions wants 0 or more, --replication-factor -1 or more and not 0", null);
        }
        PrintWriter out = spec.commandLine().getOut();
        Connection to = connection.connection();
        try (var calls = new AdminCalls(to)) {
            calls.get("reach the cluster", calls.admin().describeCluster().clusterId());
            Set<String> created =
                    new TopicCreator(calls.admin(), partitions, replicationFactor).createMissing(Topic.allSpecs());
            out.println(
                    created.isEmpty()
                            ? "All topics were there"
                            : "Created " + String.join(", ", new TreeSet<>(created)));
        }
        if (!noSchemas) {
            Map<String, Integer> ids = SchemaRegistration.of(to.serializers()).registerAll();
            out.println("Registered " + ids.size() + " schemas at " + to.registryUrl());
        }
        out.flush();
    }
}
