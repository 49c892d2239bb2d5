package org.ctstream.trainer.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ctstream.model.files.WholeFile;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.dataset.LabeledImage;
import org.ctstream.trainer.dataset.Split;

/**
 * The images a run was begun with, in {@code images.json} of its folder. The topic moves on while a run of days goes on;
 * the run keeps to what it began with.
 *
 * @param labelOffsets next offset of the labelled scans' topic by partition
 * @param images every image with its label and split
 */
public record RunImages(Map<String, Long> labelOffsets, List<LabeledImage> images) {
    private static final String FILE = "images.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    public RunImages {
        labelOffsets = Map.copyOf(labelOffsets);
        images = List.copyOf(images);
    }

    /**
     * The data set a run in this folder works on: the one it was begun with if labels come from the topic, else the one
     * given, which then has to be the same.
     *
     * @throws RunException if an image of the run is a test image by now
     */
    public static Dataset forRun(Path folder, Dataset now) {
        Path file = folder.resolve(FILE);
        if (now.labelOffsets().isEmpty() || !Files.exists(file)) {
            return now;
        }
        RunImages begun = read(file);
        requireNoTestImages(folder, begun, now);
        return now.earlier(begun.images, begun.labelOffsets);
    }

    /** Writes the images, as a whole or not at all. */
    static void write(Path folder, Dataset dataset) throws IOException {
        List<LabeledImage> images = new ArrayList<>();
        for (Split split : Split.values()) {
            images.addAll(dataset.images(split));
        }
        WholeFile.write(folder.resolve(FILE), JSON.writeValueAsBytes(new RunImages(dataset.labelOffsets(), images)));
    }

    private static RunImages read(Path file) {
        try {
            return JSON.readValue(Files.readAllBytes(file), RunImages.class);
        } catch (IOException e) {
            throw new RunException("cannot read the images of the run, " + file + ": " + e.getMessage(), e);
        }
    }

    private static void requireNoTestImages(Path folder, RunImages begun, Dataset now) {
        Set<String> test =
                now.images(Split.TEST).stream().map(LabeledImage::digest).collect(Collectors.toSet());
        List<String> leaked = begun.images.stream()
                .filter(image -> image.split() != Split.TEST)
                .map(LabeledImage::digest)
                .filter(test::contains)
                .toList();
        if (!leaked.isEmpty()) {
            throw new RunException("the run in " + folder + " was begun with " + leaked.size()
                    + " images that are test images by now (first: " + leaked.get(0)
                    + "); a result measured on them would be worth nothing: begin a new run");
        }
    }
}
