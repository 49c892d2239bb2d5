package org.ctstream.benchmarks.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ctstream.cli.CliException;
import org.ctstream.cli.publish.ScanFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which scans a program works with. */
public final class InputOptions {
    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "Work with the scans below this folder. Default: phantom slices made by seed, PNG and DICOM"
                    + " in turn.")
    private @Nullable Path images;

    @Option(
            names = "--list",
            paramLabel = "FILE",
            description =
                    "Only those of --images that this CSV file names in its first column, relative to the folder.")
    private @Nullable Path list;

    @Option(
            names = "--scans",
            paramLabel = "N",
            description = "Different scans, at most. Default: all of --images, or as many phantoms as the program"
                    + " needs.")
    private @Nullable Integer scans;

    /** For picocli. */
    public InputOptions() {}

    /**
     * The scans.
     *
     * @param fallback how many phantoms if the user names no number
     * @throws CliException if there are no such files
     */
    public EncodedScans scans(long seed, int fallback) {
        if (scans != null && scans < 1) {
            throw CliException.usage("--scans " + scans + " (expected: 1 or more)", null);
        }
        if (images == null) {
            if (list != null) {
                throw CliException.usage("--list needs --images, the folder its paths are relative to", null);
            }
            return EncodedScans.phantoms(scans == null ? fallback : scans, seed);
        }
        List<Path> files = list == null ? below(images) : named(images, list);
        if (files.isEmpty()) {
            throw CliException.usage("There are no files below " + images, null);
        }
        return EncodedScans.files(scans == null ? files : files.subList(0, Math.min(scans, files.size())));
    }

    private static List<Path> below(Path folder) {
        return ScanFiles.in(List.of(folder)).stream().map(ScanFiles.Found::path).toList();
    }

    private static List<Path> named(Path folder, Path list) {
        try (var lines = Files.lines(list)) {
            return lines.skip(1)
                    .map(line -> line.split(",", 2)[0].strip())
                    .filter(name -> !name.isEmpty())
                    .map(folder::resolve)
                    .toList();
        } catch (IOException e) {
            throw CliException.usage("Cannot read the list " + list + ": " + e, e);
        }
    }
}
