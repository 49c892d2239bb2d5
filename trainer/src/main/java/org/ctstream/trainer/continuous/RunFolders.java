package org.ctstream.trainer.continuous;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ctstream.model.files.FolderTree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folders of the trainer's runs, by version, whose order is that of time. */
final class RunFolders {
    private static final Logger log = LoggerFactory.getLogger(RunFolders.class);

    private static final DateTimeFormatter VERSION =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Path root;

    RunFolders(Path trainerFolder) {
        this.root = trainerFolder.resolve("runs");
    }

    Path of(String version) {
        return root.resolve(version);
    }

    /** A version for a run that begins now: the time, a second later if that is taken. */
    String newVersion(Instant now, Predicate<String> taken) {
        Instant time = now;
        while (taken.test(VERSION.format(time)) || Files.exists(of(VERSION.format(time)))) {
            time = time.plusSeconds(1);
        }
        return VERSION.format(time);
    }

    /** Room left on their disk, bytes. */
    long freeBytes() {
        try {
            Files.createDirectories(root);
            return Files.getFileStore(root).getUsableSpace();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Deletes all but the newest ones. What cannot be deleted is told of and stays. */
    void keepNewest(int count) {
        try (Stream<Path> children = Files.list(root)) {
            List<Path> newestFirst = children.filter(Files::isDirectory)
                    .sorted(Comparator.comparing(Path::getFileName).reversed())
                    .toList();
            for (Path old : newestFirst.stream().skip(count).toList()) {
                FolderTree.delete(old);
                log.atInfo().addKeyValue("folder", old).log("Old run deleted");
            }
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("folder", root)
                    .addKeyValue("reason", e.toString())
                    .log("Old runs cannot be deleted");
        }
    }
}
