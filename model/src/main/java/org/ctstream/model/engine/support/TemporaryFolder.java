package org.ctstream.model.engine.support;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder for a network's file, for as long as an engine reads it. Deletes what a killed process left of the same kind. */
public final class TemporaryFolder implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TemporaryFolder.class);

    /** Longer than anything is read, or compiled by {@code ctstream model plan}. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private static final String OURS = "ctstream-{network,tensorrt,plan}*";
    private static final String FILE = "network.onnx";
    private static final AtomicBoolean SWEPT = new AtomicBoolean();

    private final Path folder;

    private TemporaryFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes one.
     *
     * @param prefix of its name: {@code ctstream-network} or {@code ctstream-tensorrt}
     */
    public static TemporaryFolder create(String prefix) throws IOException {
        Path folder = Files.createTempDirectory(prefix);
        Path parent = folder.getParent();
        if (parent != null && SWEPT.compareAndSet(false, true)) {
            sweep(parent, Instant.now().minus(ABANDONED));
        }
        return new TemporaryFolder(folder);
    }

    /** The one file it is for. */
    public Path file() {
        return folder.resolve(FILE);
    }

    /** Deletes it. What cannot be deleted stays, and the log says so: nothing depends on it any more. */
    @Override
    public void close() {
        try {
            delete(folder);
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("folder", folder)
                    .addKeyValue("cause", e.toString())
                    .log("Temporary file stays");
        }
    }

    /** Deletes those that were last changed before some time; what cannot be deleted, another user's, stays. */
    static void sweep(Path parent, Instant before) {
        List<Path> abandoned = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, OURS)) {
            for (Path folder : folders) {
                if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                        && Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS)
                                .toInstant()
                                .isBefore(before)) {
                    abandoned.add(folder);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            log.debug("Cannot look for abandoned temporary files in {}", parent, e);
        }
        for (Path folder : abandoned) {
            try {
                delete(folder);
                log.atInfo().addKeyValue("folder", folder).log("Deleted a temporary file that a process left");
            } catch (IOException e) {
                log.debug("Cannot delete {}", folder, e);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
        Files.deleteIfExists(folder);
    }
}
