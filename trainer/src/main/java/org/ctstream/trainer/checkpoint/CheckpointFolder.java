package org.ctstream.trainer.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.ctstream.model.files.FolderTree;
import org.ctstream.model.release.DiskSync;
import org.ctstream.model.weights.SafeTensors;
import org.ctstream.model.weights.Weights;
import org.ctstream.model.weights.WeightsException;
import org.jspecify.annotations.Nullable;

/**
 * The newest checkpoint of one kind ("last", "best") in a folder of its own per epoch, {@code <kind>-000012/}; one that is
 * written again for the same epoch is {@code <kind>-000012-01/}.
 *
 * <p>A checkpoint is there as a whole or not at all: it is written to a temporary folder, forced to the disk, and moved to
 * its name in one step; only then is the one before it deleted. What a crash or a full disk left behind is swept away by
 * the next write.
 *
 * <h2>Thread safety</h2>
 * One writer.
 */
public final class CheckpointFolder {
    private static final String TEMPORARY = ".writing-";
    private static final String PROGRESS = "progress.json";
    private static final String WEIGHTS = "weights.safetensors";
    private static final String OPTIMIZER = "optimizer.safetensors";
    private static final String AVERAGE = "average.safetensors";

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    private final Path folder;
    private final String kind;

    /** @param kind lower-case word, the first part of the folders' names */
    public CheckpointFolder(Path folder, String kind) {
        this.folder = folder;
        this.kind = kind;
    }

    /**
     * Writes a checkpoint in place of the one before it.
     *
     * @throws CheckpointException if it cannot be written; the one before it is untouched then
     */
    public void save(Checkpoint checkpoint) {
        Path target = folder;
        try {
            Files.createDirectories(folder);
            sweep();
            target = freeName(checkpoint.progress().epoch());
            Path temporary = Files.createDirectory(folder.resolve(TEMPORARY + kind + "-" + UUID.randomUUID()));
            try {
                fill(temporary, checkpoint);
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                FolderTree.delete(temporary);
            }
            for (Path old : checkpoints()) {
                if (!old.equals(target)) {
                    FolderTree.delete(old);
                }
            }
        } catch (IOException e) {
            throw new CheckpointException(
                    "cannot write a checkpoint to " + target + ": " + e + freeSpace()
                            + "; the one before it is kept: make room and start the run again, it resumes from there",
                    e);
        }
    }

    /**
     * The newest checkpoint, or empty if there is none.
     *
     * @throws CheckpointException if it cannot be read
     */
    public Optional<Checkpoint> load() {
        try {
            List<Path> all = checkpoints();
            return all.isEmpty() ? Optional.empty() : Optional.of(read(all.get(all.size() - 1)));
        } catch (IOException | WeightsException e) {
            throw unreadable(e);
        }
    }

    /** How far the newest checkpoint is, without its weights; empty if there is none. */
    public Optional<Progress> progress() {
        try {
            List<Path> all = checkpoints();
            return all.isEmpty() ? Optional.empty() : Optional.of(readProgress(all.get(all.size() - 1)));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private CheckpointException unreadable(Exception why) {
        return new CheckpointException(
                "cannot read the checkpoint in " + folder + ": " + why.getMessage()
                        + "; delete its folder to begin the phase again",
                why);
    }

    private Checkpoint read(Path checkpoint) throws IOException {
        return new Checkpoint(
                readProgress(checkpoint),
                SafeTensors.read(checkpoint.resolve(WEIGHTS)),
                readIfThere(checkpoint.resolve(OPTIMIZER)),
                readIfThere(checkpoint.resolve(AVERAGE)));
    }

    private static Progress readProgress(Path checkpoint) throws IOException {
        return JSON.readValue(Files.readAllBytes(checkpoint.resolve(PROGRESS)), Progress.class);
    }

    private static @Nullable Weights readIfThere(Path file) {
        return Files.exists(file) ? SafeTensors.read(file) : null;
    }

    private static void fill(Path temporary, Checkpoint checkpoint) throws IOException {
        write(checkpoint.weights(), temporary.resolve(WEIGHTS));
        if (checkpoint.optimizer() != null) {
            write(checkpoint.optimizer(), temporary.resolve(OPTIMIZER));
        }
        if (checkpoint.average() != null) {
            write(checkpoint.average(), temporary.resolve(AVERAGE));
        }
        Files.write(temporary.resolve(PROGRESS), json(checkpoint.progress()));
        DiskSync.file(temporary.resolve(PROGRESS));
    }

    private static byte[] json(Progress progress) throws JsonProcessingException {
        return JSON.writeValueAsBytes(progress);
    }

    private static void write(Weights weights, Path file) throws IOException {
        SafeTensors.write(weights, file);
        DiskSync.file(file);
    }

    /**
     * A name behind all that are there. Never the name of one of them: to replace a folder takes two steps, and a crash
     * between them would leave none.
     */
    private Path freeName(int epoch) {
        String name = "%s-%06d".formatted(kind, epoch);
        Path free = folder.resolve(name);
        for (int again = 1; Files.exists(free); again++) {
            free = folder.resolve("%s-%02d".formatted(name, again));
        }
        return free;
    }

    /** Complete checkpoints of this kind, oldest first. */
    private List<Path> checkpoints() throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> child.getFileName().toString().matches(kind + "-\\d{6,}(-\\d{2,})?"))
                    .sorted(Comparator.comparing(child -> child.getFileName().toString()))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private void sweep() throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : children.filter(
                            path -> path.getFileName().toString().startsWith(TEMPORARY + kind + "-"))
                    .toList()) {
                FolderTree.delete(child);
            }
        }
    }

    private String freeSpace() {
        try {
            return " (" + Files.getFileStore(folder).getUsableSpace() / (1 << 20) + " MiB free)";
        } catch (IOException e) {
            return "";
        }
    }
}
