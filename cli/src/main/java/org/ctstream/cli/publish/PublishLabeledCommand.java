package org.ctstream.cli.publish;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.connect.ConnectionOptions;
import org.ctstream.cli.publish.privacy.PrivacyOptions;
import org.ctstream.publisher.Refusal;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.trainer.dataset.DatasetException;
import org.ctstream.trainer.dataset.LabelList;
import org.ctstream.trainer.dataset.Split;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ctstream publish-labeled}. */
@Command(
        name = "publish-labeled",
        description = {
            "Publishes the labelled images of a list to ct.scan.labeled, from which the trainer learns, and waits until"
                    + " Kafka has them all.",
            "The list is CSV with the columns path and label (COVID, POSITIVE or 1; NON_COVID, NEGATIVE or 0; any case);"
                    + " paths are relative to the list's folder. File names stay here: a label goes by an id made of the"
                    + " image's content and its split, so that publishing a list again changes nothing and a corrected"
                    + " label replaces the old one. Rows that cannot be used are refused, and the rest goes on.",
            ""
        },
        footer = {"", "Example: ctstream publish-labeled covid-ct/train.csv --split train"})
public final class PublishLabeledCommand implements Callable<Integer> {
    private static final double NANOS = Duration.ofSeconds(1).toNanos();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "CSV", description = "The list.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path list;

    @Option(
            names = "--split",
            required = true,
            paramLabel = "SPLIT",
            description = "What the images are for: ${COMPLETION-CANDIDATES}.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Split split;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private PrivacyOptions privacy = new PrivacyOptions();

    @Option(
            names = "--labelled-by",
            paramLabel = "PSEUDONYM",
            description = "Pseudonym of the reader who gave the labels; travels with every label.")
    private String labelledBy = "list";

    @Option(
            names = "--origin",
            paramLabel = "NAME",
            description = "Name of the data set; travels with every label. Default: the name of the list's folder.")
    private @Nullable String origin;

    @Option(
            names = "--allow-outside",
            description = "Let paths in the list lead out of the list's folder: for lists you trust.")
    private boolean allowOutside;

    @Option(
            names = "--withdraw",
            description = "Take the labels of the list back instead: the trainer forgets these images in this split.")
    private boolean withdraw;

    @Option(
            names = "--receipts",
            paramLabel = "FILE",
            description = "Where to write one JSON line per published label (scanId, path, record).")
    private @Nullable Path receipts;

    @Option(
            names = "--progress",
            paramLabel = "HOW",
            description = "${COMPLETION-CANDIDATES}; AUTO draws on a terminal.")
    private ProgressOption progress = ProgressOption.AUTO;

    @Override
    public Integer call() throws IOException {
        LabelList rows = read();
        Connection to = connection.connection();
        LabelPublishSettings settings = settings(rows, to);
        PrintWriter err = spec.commandLine().getErr();
        try (var out =
                new PrintWriter(receipts == null ? Writer.nullWriter() : Files.newBufferedWriter(receipts), false)) {
            var log = new ReceiptLog(out, err);
            long start = System.nanoTime();
            rows.rejected()
                    .forEach(row -> log.refused(new Refusal(
                            row.source(), row.field() + ": " + row.detail() + ". Remedy: " + row.remedy())));
            publish(rows, to, settings, log, err);
            summarise(rows, log, (System.nanoTime() - start) / NANOS);
            return log.refused() == 0 ? ExitCodes.OK : ExitCodes.FAILURE;
        }
    }

    private LabelList read() {
        try {
            return LabelList.read(list, allowOutside);
        } catch (DatasetException e) {
            throw CliException.usage(String.valueOf(e.getMessage()), e);
        }
    }

    private LabelPublishSettings settings(LabelList rows, Connection to) {
        int limit = TopicLimit.maxRecordBytes(to, Topic.SCAN_LABELED);
        try {
            return new LabelPublishSettings(
                    split, labelledBy, origin == null ? rows.folderName() : origin, limit, privacy.deidentifier());
        } catch (IllegalArgumentException e) {
            throw CliException.usage("--labelled-by or --origin cannot be used: " + e.getMessage(), e);
        }
    }

    private void publish(
            LabelList rows, Connection to, LabelPublishSettings settings, ReceiptLog log, PrintWriter err) {
        String task = withdraw ? "Withdrawing" : "Labels";
        try (var shown = new PublishProgress(log, progress, task, rows.rows().size(), err);
                var publisher = LabelPublisher.open(to, settings, shown)) {
            for (LabelList.Row row : rows.rows()) {
                var input = new LabelInput(row.source(), row.path(), row.positive());
                if (withdraw) {
                    publisher.withdraw(input);
                } else {
                    publisher.publish(input);
                }
            }
            publisher.flush();
        }
    }

    private void summarise(LabelList rows, ReceiptLog log, double seconds) {
        long positives = rows.rows().stream().filter(LabelList.Row::positive).count();
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(
                Locale.ROOT,
                "%s %d of %d rows for %s in %.1f s, refused %d. Usable rows: %d positive, %d negative.",
                withdraw ? "Withdrew" : "Published",
                log.published(),
                rows.rows().size() + rows.rejected().size(),
                split.word(),
                seconds,
                log.refused(),
                positives,
                rows.rows().size() - positives));
        out.flush();
    }
}
