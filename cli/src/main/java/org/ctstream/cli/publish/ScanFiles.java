package org.ctstream.cli.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.ctstream.cli.CliException;

/**
 * The files named by the command line: each file given, and every regular file below each folder given, sorted. Names that
 * begin with a dot are left out: operating systems drop such files everywhere.
 */
public final class ScanFiles {
    private ScanFiles() {}

    /**
     * @param name path below the folder it was found in, with {@code /}
     * @param path where it is
     */
    public record Found(String name, Path path) {}

    /**
     * Finds them.
     *
     * @throws CliException if a path does not exist or a folder cannot be listed
     */
    public static List<Found> in(List<Path> places) {
        var found = new ArrayList<Found>();
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                found.addAll(below(place));
            } else if (Files.exists(place)) {
                found.add(new Found(String.valueOf(place.getFileName()), place));
            } else {
                throw CliException.usage("There is no file or folder " + place, null);
            }
        }
        return found;
    }

    private static List<Found> below(Path folder) {
        try {
            // A folder may be given by a link, which a walk would not follow.
            return filesBelow(folder.toRealPath());
        } catch (IOException | UncheckedIOException e) {
            throw CliException.failure("Cannot list the files below " + folder + ": " + e.getMessage(), e);
        }
    }

    private static List<Found> filesBelow(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> new Found(nameBelow(folder, path), path))
                    .filter(file -> !isHidden(file.name()))
                    .sorted(Comparator.comparing(Found::name))
                    .toList();
        }
    }

    private static String nameBelow(Path folder, Path path) {
        return folder.relativize(path).toString().replace('\\', '/');
    }

    private static boolean isHidden(String name) {
        return name.startsWith(".") || name.contains("/.");
    }
}
