package org.ctstream.model.bundled;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.release.ReleaseSource;

/** A release among a class loader's resources. */
final class BundledFiles implements ReleaseSource {
    private final String folder;
    private final ClassLoader resources;

    BundledFiles(ReleaseId id, ClassLoader resources) {
        this.folder = "models/" + id.name() + "/" + id.version() + "/";
        this.resources = resources;
    }

    @Override
    public InputStream open(String name) throws IOException {
        InputStream in = resources.getResourceAsStream(folder + name);
        if (in == null) {
            throw new NoSuchFileException("resource " + folder + name);
        }
        return in;
    }

    @Override
    public String toString() {
        return "the program's resources " + folder;
    }
}
