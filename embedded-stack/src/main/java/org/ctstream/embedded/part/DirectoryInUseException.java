package org.ctstream.embedded.part;

import java.nio.file.Path;

/** Another running instance works on the data directory. */
public final class DirectoryInUseException extends EmbeddedException {

    private static final long serialVersionUID = 1L;

    private final String directory;

    public DirectoryInUseException(Path directory) {
        super("Data directory " + directory
                + " is in use by another running instance. Stop that instance or choose another data directory.");
        this.directory = directory.toString();
    }

    public Path directory() {
        return Path.of(directory);
    }

    @Override
    public int exitCode() {
        return ExitCodes.DIRECTORY_IN_USE;
    }
}
