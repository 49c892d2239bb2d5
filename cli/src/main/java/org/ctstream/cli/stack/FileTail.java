package org.ctstream.cli.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;

/** The last lines of a log file. */
public final class FileTail {
    private static final int MAX_BYTES = 16 * 1024;
    private static final int MAX_LINES = 15;
    private static final int MAX_COLUMNS = 400;

    private FileTail() {}

    /** At most fifteen lines, indented; a note in their place if the file cannot be read. */
    public static String of(Path file) {
        try (var access = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, access.length() - MAX_BYTES);
            byte[] bytes = new byte[(int) (access.length() - from)];
            access.seek(from);
            access.readFully(bytes);
            List<String> lines = new String(bytes, UTF_8).lines().toList();
            var text = new StringBuilder();
            for (String line : lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size())) {
                text.append("  ")
                        .append(line, 0, Math.min(MAX_COLUMNS, line.length()))
                        .append(System.lineSeparator());
            }
            return text.toString();
        } catch (IOException e) {
            return "  (cannot be read: " + e + ")";
        }
    }
}
