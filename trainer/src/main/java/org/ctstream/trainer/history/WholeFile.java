package org.ctstream.trainer.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Small files of a run that are either as they were or as they are to be, whatever ends the process. */
public final class WholeFile {
    private WholeFile() {}

    /** Writes a file beside its place and moves it there in one step, in place of one that is there. */
    public static void write(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.write(temporary, content);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
