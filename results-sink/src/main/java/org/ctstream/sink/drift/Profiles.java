package org.ctstream.sink.drift;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Profiles by the digest of the weights: those of a folder, then those this program brings along. Read each time they are
 * asked for, so that a profile put there counts from the next look on.
 *
 * <p>Thread-safe.
 */
public final class Profiles {
    private static final Logger log = LoggerFactory.getLogger(Profiles.class);
    private static final String BUNDLED = "profiles/";

    private final @Nullable Path folder;

    /** @param folder null for those brought along alone */
    public Profiles(@Nullable Path folder) {
        this.folder = folder;
    }

    /** The profile of these weights, if there is a usable one; one that is not is logged. */
    public Optional<ReferenceProfile> of(String digest) {
        if (!ReferenceProfile.isDigest(digest)) {
            return Optional.empty();
        }
        try (InputStream in = open(digest)) {
            if (in == null) {
                return Optional.empty();
            }
            ReferenceProfile profile = ReferenceProfile.read(in);
            if (!profile.digest().equals(digest)) {
                throw new IOException("it is the profile of " + profile.digest());
            }
            return Optional.of(profile);
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("digest", digest)
                    .addKeyValue("reason", e.getMessage())
                    .log("Cannot use a release's profile; its drift from training is not known");
            return Optional.empty();
        }
    }

    private @Nullable InputStream open(String digest) throws IOException {
        String name = ReferenceProfile.fileName(digest);
        if (folder != null) {
            try {
                return Files.newInputStream(folder.resolve(name));
            } catch (NoSuchFileException e) {
                // The program may have it.
            }
        }
        return Profiles.class.getResourceAsStream(BUNDLED + name);
    }
}
