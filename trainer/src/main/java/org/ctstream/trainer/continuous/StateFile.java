package org.ctstream.trainer.continuous;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.ctstream.model.files.WholeFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The trainer's state on disk, replaced as a whole. For one thread. */
final class StateFile {
    private static final Logger log = LoggerFactory.getLogger(StateFile.class);
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    private final Path file;

    StateFile(Path folder) {
        this.file = folder.resolve("state.json");
    }

    /** The state, or an empty one if there is none that can be understood: the releases' lineage tells most of it. */
    TrainerState load() {
        try {
            return MAPPER.readValue(Files.readAllBytes(file), TrainerState.class);
        } catch (NoSuchFileException e) {
            return TrainerState.EMPTY;
        } catch (JsonProcessingException e) {
            log.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("reason", e.getOriginalMessage())
                    .log("The trainer's state cannot be understood; it begins anew, counting labels by the releases'"
                            + " lineage");
            return TrainerState.EMPTY;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the trainer's state " + file + ": " + e, e);
        }
    }

    /** @throws UncheckedIOException if it cannot be written; the state before is untouched then */
    void save(TrainerState state) {
        try {
            WholeFile.write(file, MAPPER.writeValueAsBytes(state));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot write the trainer's state " + file + ": " + e + "; make room there or give this process the"
                            + " right to write, the state before is kept",
                    e);
        }
    }
}
