package org.ctstream.reliability.storm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.ctstream.benchmarks.report.Table;

/** Lines in which a service tells that it was taken for dead: fenced, thrown out of its group, its partitions lost. */
public final class FencingSigns {
    private static final List<String> SIGNS = List.of(
            "fenced",
            "invalidproducerepoch",
            "invalid_producer_epoch",
            "unknown_member",
            "partitions lost",
            "partitions were lost",
            "illegalgeneration",
            "invalidpidmapping",
            "invalidrecordstate",
            "invalidtxnstate",
            "invalid_txn_state",
            "rebalance in progress",
            "taskmigrated");

    private FencingSigns() {}

    /** How many such lines each log has. */
    public static Table table(Path logs) {
        var table = new Table(
                "Lines in the services' logs that tell of fencing, of a lost session or of partitions taken away.",
                "Log",
                "Lines");
        try (Stream<Path> files = Files.list(logs)) {
            files.filter(file -> isService(String.valueOf(file.getFileName())))
                    .sorted()
                    .forEach(file -> table.row(String.valueOf(file.getFileName()), count(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }

    private static boolean isService(String name) {
        return name.endsWith(".log") && Stream.of("worker", "ingest", "sink").anyMatch(name::startsWith);
    }

    private static long count(Path file) {
        // As Latin-1: a line that a kill cut off need not be whole in any other encoding.
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.map(line -> line.toLowerCase(Locale.ROOT))
                    .filter(line -> SIGNS.stream().anyMatch(line::contains))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
