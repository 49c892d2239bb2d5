package org.ctstream.trainer.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ctstream.model.files.WholeFile;

/**
 * The epochs of a run in a file, one JSON object a line.
 *
 * <p>An epoch that is done again after a crash replaces what was written of it before.
 *
 * <h2>Thread safety</h2>
 * One writer; readers see the file before or after an epoch.
 */
public final class RunHistory {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final List<EpochRecord> epochs;

    private RunHistory(Path file, List<EpochRecord> epochs) {
        this.file = file;
        this.epochs = epochs;
    }

    /** The history in a file, empty if there is none yet. */
    public static RunHistory in(Path file) {
        List<EpochRecord> epochs = new ArrayList<>();
        try {
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    epochs.add(JSON.readValue(line, EpochRecord.class));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the run's history " + file + ": " + e.getMessage(), e);
        }
        return new RunHistory(file, epochs);
    }

    /** The epochs in the order in which they ran. */
    public List<EpochRecord> epochs() {
        return List.copyOf(epochs);
    }

    /** Adds an epoch and writes the file. */
    public void add(EpochRecord epoch) {
        epochs.removeIf(old -> old.phase().equals(epoch.phase()) && old.epoch() >= epoch.epoch());
        epochs.add(epoch);
        write();
    }

    private void write() {
        StringBuilder text = new StringBuilder();
        try {
            for (EpochRecord epoch : epochs) {
                text.append(JSON.writeValueAsString(epoch)).append('\n');
            }
            WholeFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the run's history " + file + ": " + e.getMessage(), e);
        }
    }
}
