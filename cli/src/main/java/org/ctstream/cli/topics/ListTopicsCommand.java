package org.ctstream.cli.topics;

import java.util.List;
import org.ctstream.cli.connect.AdminCalls;
import org.ctstream.cli.connect.ConnectionOptions;
import org.ctstream.cli.console.Table;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.schemas.topic.TopicSpec;
import org.ctstream.service.text.Bytes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ctstream topics list}. */
@Command(
        name = "list",
        description = "Shows every topic of the catalogue as it is on the cluster; a missing one is named as such.")
public final class ListTopicsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Override
    public void run() {
        var table = new Table("TOPIC", "PARTITIONS", "REPLICAS", "OFFSETS", "RETENTION", "CLEANUP", "MAX RECORD");
        List<String> names = Topic.allSpecs().stream().map(TopicSpec::name).toList();
        try (var calls = new AdminCalls(connection.connection())) {
            var cluster = TopicStates.read(calls, names);
            for (String name : names) {
                TopicState state = cluster.get(name);
                if (state == null) {
                    table.row(name, "missing", "", "", "", "", "");
                } else {
                    table.row(
                            name,
                            state.partitions(),
                            state.replicas(),
                            state.records(),
                            state.retention(),
                            state.cleanup(),
                            Bytes.text(state.maxRecordBytes()));
                }
            }
        }
        table.print(spec.commandLine().getOut());
    }
}
