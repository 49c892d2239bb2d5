package org.ctstream.cli.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.connect.PartitionReader;
import org.ctstream.cli.console.Json;
import org.ctstream.cli.console.PointInTime;
import org.ctstream.cli.console.ReadProgress;
import org.ctstream.cli.results.ProofOptions;
import org.ctstream.cli.results.StoredResults;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ctstream audit}. */
@Command(
        name = "audit",
        description = {
            "Shows a scan's whole way in the order of time: received, normalized, classified by which model and engine and"
                    + " which worker, stored, alerted, a dead letter, sent back by whom and why, labelled; and says what"
                    + " retention has removed. Nothing it shows names a patient.",
            "Exit code 1 if nothing is known of the scan.",
            ""
        },
        footer = {"", "Example: ctstream audit 1e65b74b-d1cb-4a35-81dc-4861c7aae560"})
public final class AuditCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ProofOptions sources = new ProofOptions();

    @Parameters(paramLabel = "SCAN_ID", description = "Which scan.")
    private String scanId = "";

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = PointInTime.class,
            description = "Read topics from then on: 2026-11-23T03:00:00Z, 2026-11-23, 24h, 7d. Default: from when the"
                    + " stored result says it was received, or from their beginning.")
    private @Nullable Instant since;

    @Option(
            names = "--all-partitions",
            description = "Read every partition, for records from before a topic was given more of them.")
    private boolean allPartitions;

    @Option(names = "--no-database", description = "Tell it from the topics alone.")
    private boolean noDatabase;

    @Option(names = "--json", description = "One JSON object instead of text.")
    private boolean json;

    @Override
    public Integer call() {
        Connection from = sources.connection();
        Trail trail;
        try (StoredResults stored = noDatabase ? null : sources.results(from);
                var steps = new StepReader(from.serializers());
                var reader = PartitionReader.ofRecords(
                        from, new ReadProgress(spec.commandLine().getErr()))) {
            trail = new TrailFinder(reader, steps, stored, allPartitions).find(scanId, since);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode node = (ObjectNode) Json.MAPPER.valueToTree(trail);
            out.println(Json.line(node.put("outcome", trail.outcome())));
            out.flush();
        } else {
            TrailText.print(trail, out);
        }
        return trail.steps().isEmpty() ? ExitCodes.FAILURE : ExitCodes.OK;
    }
}
