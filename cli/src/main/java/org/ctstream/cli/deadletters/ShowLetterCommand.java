package org.ctstream.cli.deadletters;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.connect.ConnectionOptions;
import org.ctstream.cli.connect.PartitionReader;
import org.ctstream.cli.console.ReadProgress;
import org.ctstream.schemas.avro.LetterRedriven;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ctstream dead-letters show}. */
@Command(
        name = "show",
        description =
                "Shows everything a dead letter says about itself, and saves what it holds if asked. A scan id shows"
                        + " all of the scan's letters and saves from the newest.")
public final class ShowLetterCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Parameters(paramLabel = "SCAN_ID|TOPIC-PARTITION@OFFSET", description = "Which letter.")
    private String which = "";

    @Option(names = "--save", paramLabel = "FILE", description = "Save the original value, byte for byte.")
    private @Nullable Path save;

    @Option(
            names = "--save-scan",
            paramLabel = "FILE",
            description = "Save the scan's file as it was published, if the letter holds it. It may show a patient.")
    private @Nullable Path saveScan;

    @Override
    public Integer call() throws IOException {
        Connection from = connection.connection();
        var letters = new ArrayList<Letter>();
        var redrives = new ArrayList<LetterRedriven>();
        try (var reader = PartitionReader.ofRecords(
                from, new ReadProgress(spec.commandLine().getErr()))) {
            find(reader, letters);
            Set<LetterKey> keys = letters.stream().map(LetterKey::of).collect(Collectors.toSet());
            RedriveAudit.read(from, reader, null, audit -> {
                if (keys.contains(LetterKey.of(audit))) {
                    redrives.add(audit);
                }
            });
        }
        if (letters.isEmpty()) {
            throw CliException.failure("There is no dead letter " + which + " on " + from.bootstrapServers(), null);
        }
        PrintWriter out = spec.commandLine().getOut();
        for (Letter letter : letters) {
            LetterText.print(letter, redrives, out);
        }
        Letter newest = letters.get(letters.size() - 1);
        if (save != null) {
            save(save, newest.raw().value() == null ? new byte[0] : newest.raw().value(), out);
        }
        if (saveScan != null) {
            save(saveScan, ScanContent.of(newest, from), out);
        }
        out.flush();
        return ExitCodes.OK;
    }

    private void find(PartitionReader reader, List<Letter> found) {
        var letters = new LetterReader(reader);
        Optional<LetterId> id = LetterId.parse(which);
        List<String> topics = letters.topics();
        letters.read(
                id.isPresent()
                        ? topics.stream().filter(id.get().topic()::equals).toList()
                        : topics,
                null,
                letter -> {
                    if (id.isPresent()
                            ? letter.id().equals(id.get())
                            : letter.about().scanId().equals(which)) {
                        found.add(letter);
                    }
                });
    }

    private static void save(Path file, byte[] bytes, PrintWriter out) throws IOException {
        Files.write(file, bytes);
        out.println("Saved " + bytes.length + " bytes to " + file);
    }
}
