package org.ctstream.trainer.run;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ctstream.model.files.WholeFile;
import org.ctstream.trainer.feed.Standardisation;

/**
 * What a run is made from, in {@code run.json} of its folder; a run is resumed with the same only.
 *
 * @param codeVersion version of the program that began it
 * @param seed seed of everything random
 * @param dataset fingerprint of the images and labels
 * @param images images per split
 * @param labelOffsets next offset of the labelled scans' topic by partition; empty for local lists
 * @param standardisation of the input
 * @param initialWeights where the first weights came from: a file's SHA-256, a release, or empty for random ones
 * @param phases settings of the phases, by name
 */
public record RunRecord(
        String codeVersion,
        long seed,
        String dataset,
        Map<String, Integer> images,
        Map<String, Long> labelOffsets,
        Standardisation standardisation,
        String initialWeights,
        Map<String, String> phases) {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    public RunRecord {
        images = new TreeMap<>(images);
        labelOffsets = new TreeMap<>(labelOffsets);
        phases = new TreeMap<>(phases);
    }

    /** Reads the record in a file. */
    static RunRecord read(Path file) throws IOException {
        return JSON.readValue(Files.readAllBytes(file), RunRecord.class);
    }

    /** Writes it, as a whole or not at all. */
    void write(Path file) throws IOException {
        WholeFile.write(file, JSON.writeValueAsBytes(this));
    }

    /** What differs between this and the record of the run that would be resumed; empty if nothing that matters does. */
    List<String> differencesFrom(RunRecord begun) {
        List<String> differences = new ArrayList<>();
        compare("seed", seed, begun.seed, differences);
        compare("dataset", dataset, begun.dataset, differences);
        compare("standardisation", standardisation, begun.standardisation, differences);
        compare("initial weights", initialWeights, begun.initialWeights, differences);
        return differences;
    }

    private static void compare(String what, Object now, Object begun, List<String> differences) {
        if (!now.equals(begun)) {
            differences.add(what + ": begun with " + begun + ", now " + now);
        }
    }
}
