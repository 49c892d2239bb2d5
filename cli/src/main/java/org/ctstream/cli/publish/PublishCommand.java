package org.ctstream.cli.publish;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.connect.ConnectionOptions;
import org.ctstream.cli.publish.claims.ClaimOptions;
import org.ctstream.cli.publish.privacy.PrivacyOptions;
import org.ctstream.publisher.PublishSettings;
import org.ctstream.publisher.ScanInput;
import org.ctstream.publisher.ScanPublisher;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.service.claims.ClaimStore;
import org.ctstream.service.tracing.OtlpTracing;
import org.ctstream.service.tracing.Tracing;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ctstream publish}. */
@Command(
        name = "publish",
        description = {
            "Publishes files as scans to ct.scan.received, those with priority STAT to ct.scan.received.stat, and waits"
                    + " until Kafka has them all.",
            "What identifies a patient in a file stays here, see --keep-header.",
            "Folders are searched to the bottom; names that begin with a dot are left out. The content decides the"
                    + " format. File names stay here: they never travel with a scan. Files that do not fit a record are"
                    + " kept in the claim store and travel by reference; without one they are refused, and the rest"
                    + " goes on.",
            ""
        },
        footer = {"", "Example: ctstream publish --priority STAT --receipts receipts.jsonl scans/"})
public final class PublishCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "DIR|FILE", description = "What to publish.")
    private List<Path> places = List.of();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = "--source-name",
            paramLabel = "NAME",
            description = "System the scans come from, such as an application entity title; travels with every scan.")
    private String sourceName = "publish";

    @Option(
            names = "--priority",
            paramLabel = "P",
            description = "${COMPLETION-CANDIDATES}. STAT scans are classified before all ROUTINE ones that wait.")
    private Priority priority = Priority.ROUTINE;

    @Mixin
    private PrivacyOptions privacy = new PrivacyOptions();

    @Mixin
    private ClaimOptions claims = new ClaimOptions();

    @Option(
            names = "--receipts",
            paramLabel = "FILE",
            description = "Where to write one JSON line per published scan (scanId, path, record) instead of standard"
                    + " output.")
    private @Nullable Path receipts;

    @Override
    public Integer call() throws IOException {
        try {
            PublishSettings.requireSourceName(sourceName);
        } catch (IllegalArgumentException e) {
            throw CliException.usage("--source-name: " + e.getMessage(), e);
        }
        List<ScanFiles.Found> files = ScanFiles.in(places);
        Connection to = connection.connection();
        int maxRecordBytes = TopicLimit.maxRecordBytes(to, Lane.of(priority).received());
        var settings = new PublishSettings(sourceName, priority, maxRecordBytes, privacy.deidentifier());
        PrintWriter err = spec.commandLine().getErr();
        PrintWriter out = receipts == null
                ? spec.commandLine().getOut()
                : new PrintWriter(Files.newBufferedWriter(receipts), false);
        var log = new ReceiptLog(out, err);
        try (Tracing tracing = OtlpTracing.open(to.extra(), "publish", sourceName);
                ClaimStore store = claims.open();
                var publisher = ScanPublisher.open(
                        to.publishTarget(), settings, claims.payloads(maxRecordBytes, store), log, tracing)) {
            for (ScanFiles.Found file : files) {
                publisher.publish(ScanInput.ofFile(file.name(), file.path()));
            }
            publisher.flush();
        } finally {
            out.flush();
            if (receipts != null) {
                out.close();
            }
        }
        err.println("Published " + log.published() + " of " + files.size() + ", refused " + log.refused());
        err.flush();
        return log.published() == files.size() ? ExitCodes.OK : ExitCodes.FAILURE;
    }
}
