package org.ctstream.embedded.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ctstream.embedded.part.EmbeddedException;

/**
 * Says in a data directory that it was formatted for a secure broker. What was written behind passwords must not be opened
 * without them by a forgotten option, and a plain directory lacks the broker's own password.
 */
final class SecurityMark {

    private static final String FILE = ".ctstream.secure";

    private SecurityMark() {}

    /**
     * Call before formatting.
     *
     * @param formatted whether the directory has been formatted already
     * @throws EmbeddedException if it was formatted for the other kind of broker
     */
    static void check(Path directory, boolean formatted, boolean secure) {
        Path mark = directory.resolve(FILE);
        boolean marked = Files.exists(mark);
        if (formatted && marked != secure) {
            throw new EmbeddedException("Data directory " + directory + " belongs to a stack "
                    + (marked ? "with" : "without") + " security, and it is to be started "
                    + (secure ? "with" : "without")
                    + ". Choose another data directory, or start it as it was made (--secure or not).");
        }
        if (secure && !marked) {
            try {
                Files.createDirectories(directory);
                Files.createFile(mark);
            } catch (IOException e) {
                throw new EmbeddedException(
                        "Cannot write " + mark + " (" + e + "). Choose a directory that can be.", e);
            }
        }
    }
}
