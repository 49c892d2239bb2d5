package org.ctstream.cli.version;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;

/** Versions this program was built with. */
public final class ProgramVersion {
    private static final String RESOURCE = "versions.properties";

    private ProgramVersion() {}

    /** The program's own version. */
    public static String text() {
        return load().getProperty("ctstream");
    }

    static Properties load() {
        var versions = new Properties();
        try (InputStream in =
                Objects.requireNonNull(ProgramVersion.class.getResourceAsStream(RESOURCE), RESOURCE + " is missing")) {
            versions.load(in);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read " + RESOURCE + " of this program", e);
        }
        return versions;
    }
}
