package org.ctstream.trainer.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The index on disk: labels and offsets in one file, replaced as a whole, so that they never disagree. */
final class LabelIndexFile {
    private static final Logger log = LoggerFactory.getLogger(LabelIndexFile.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path file;

    LabelIndexFile(Path folder) {
        this.file = folder.resolve("labels.json");
    }

    /** The index, unless there is none that can be read; the topic holds everything, so that is no error. */
    Optional<LabelIndex> load() {
        try {
            return Optional.of(MAPPER.readValue(Files.readAllBytes(file), LabelIndex.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            log.atWarn()
                    .addKeyValue("reason", e.getOriginalMessage())
                    .log("The index of labels cannot be understood; the topic is read from its beginning");
            return Optional.empty();
        } catch (IOException e) {
            throw new DatasetException(
                    "Cannot read " + file + ": " + e.getMessage()
                            + ". Remedy: check the disk; the folder may be deleted and is made again from the topic.",
                    e);
        }
    }

    void save(LabelIndex index) {
        try {
            AtomicFiles.write(file, MAPPER.writeValueAsBytes(index));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an index is made of texts and numbers", e);
        }
    }
}
