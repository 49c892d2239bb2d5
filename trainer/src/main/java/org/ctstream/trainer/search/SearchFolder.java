package org.ctstream.trainer.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.ctstream.model.files.WholeFile;

/** The folder of a search: {@code search.json}, a folder per trial with its run and {@code result.json}, and the tables. */
final class SearchFolder {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    private final Path root;

    SearchFolder(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    Path trial(int number) {
        return root.resolve("trial-%04d".formatted(number));
    }

    /** @throws SearchException if the folder has another search */
    void claim(SearchRecord search) {
        Path file = root.resolve("search.json");
        Optional<SearchRecord> begun = read(file, SearchRecord.class);
        if (begun.isEmpty()) {
            write(file, search);
        } else if (!begun.get().equals(search)) {
            throw new SearchException("the folder " + root + " has another search and this one cannot go on there; give"
                    + " another folder, or the same options and data as before.\n  begun with: " + begun.get()
                    + "\n  now:        " + search);
        }
    }

    /** The result of a trial that is over. */
    Optional<TrialResult> result(int number) {
        return read(trial(number).resolve("result.json"), TrialResult.class);
    }

    void save(TrialResult result) {
        write(trial(result.settings().number()).resolve("result.json"), result);
    }

    /** Writes a file as a whole or not at all. */
    void write(Path file, byte[] content) {
        try {
            WholeFile.write(file, content);
        } catch (IOException e) {
            throw new SearchException(
                    "cannot write " + file + ": " + e + "; make room or give another folder; the same command goes on"
                            + " where the search stopped",
                    e);
        }
    }

    void write(Path file, Object value) {
        try {
            write(file, JSON.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> Optional<T> read(Path file, Class<T> type) {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), type));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new SearchException(
                    "cannot read " + file + ": " + e.getMessage() + "; delete it to have it made anew", e);
        }
    }
}
