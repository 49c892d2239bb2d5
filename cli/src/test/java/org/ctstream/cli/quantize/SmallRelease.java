package org.ctstream.cli.quantize;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.engine.Engines;
import org.ctstream.model.network.Networks;
import org.ctstream.model.network.Parameters;
import org.ctstream.model.release.Lineage;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.Tensor;
import org.ctstream.model.weights.Weights;

/** A small network with weights from a seed, images, and labels under which it is never wrong. */
public final class SmallRelease {
    public static final int SIDE = 64;
    private static final String ARCHITECTURE = "small-cnn";

    private SmallRelease() {}

    /** Saves {@code small:1}. */
    static StoredRelease save(ModelStore store) {
        return save(store, "1", 5);
    }

    /** The same with other weights. */
    public static StoredRelease save(ModelStore store, String version, long seed) {
        Random random = new Random(seed);
        Map<String, Tensor> tensors = new TreeMap<>();
        Parameters.shapes(Networks.named(ARCHITECTURE, 2))
                .forEach((name, shape) -> tensors.put(name, tensor(name, shape, random)));
        Weights weights = new Weights(Map.of(), tensors);
        return store.save(
                new ModelRelease(
                        "small",
                        version,
                        "For tests.",
                        ARCHITECTURE,
                        weights.sha256(),
                        SIDE,
                        SIDE,
                        Collections.nCopies(3, 0.4),
                        Collections.nCopies(3, 0.25),
                        List.of("negative", "positive"),
                        0.5,
                        true,
                        Map.of(),
                        new Lineage(Map.of("0", 3L), 9, "test", null),
                        Instant.EPOCH),
                weights);
    }

    /** Waves of a brightness and a direction of their own. */
    public static byte[] slice(int number, double contrast) {
        Random random = new Random(number);
        double rows = random.nextDouble() / 3;
        double columns = random.nextDouble() / 3;
        double grey = 60 + 120 * random.nextDouble();
        byte[] pixels = new byte[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            int row = i / SIDE;
            double wave = Math.sin(rows * row) * Math.cos(columns * (i % SIDE));
            pixels[i] = (byte) (contrast * (grey + 60 * wave));
        }
        return pixels;
    }

    static void write(Path file, byte[] pixels) throws IOException {
        var picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setDataElements(0, 0, SIDE, SIDE, pixels);
        ImageIO.write(picture, "png", file.toFile());
    }

    /** Writes images and their list, labelled as the release would call them: its AUC is 1. */
    static Path list(Path folder, StoredRelease release, int images) throws IOException {
        List<byte[]> slices =
                IntStream.range(0, images).mapToObj(i -> slice(1000 + i, 1)).toList();
        double[] probabilities = probabilities(release, slices);
        double median = IntStream.range(0, images)
                .mapToDouble(i -> probabilities[i])
                .sorted()
                .skip(images / 2)
                .findFirst()
                .orElseThrow();
        List<String> rows = new ArrayList<>(List.of("path,label"));
        for (int i = 0; i < images; i++) {
            write(folder.resolve("labelled" + i + ".png"), slices.get(i));
            rows.add("labelled" + i + ".png," + (probabilities[i] >= median ? 1 : 0));
        }
        return Files.write(folder.resolve("validation.csv"), rows);
    }

    /** What the release says of these slices. */
    public static double[] probabilities(StoredRelease release, List<byte[]> slices) {
        var batch = new SliceBatch(slices.size(), SIDE, SIDE);
        slices.forEach(batch::add);
        try (Classifier classifier = Engines.standard()
                .named("pytorch")
                .open(release, EngineOptions.defaults().withMaxBatch(slices.size()))) {
            return classifier.classify(batch).stream()
                    .mapToDouble(prediction -> prediction.probability().orElseThrow())
                    .toArray();
        }
    }

    private static Tensor tensor(String name, List<Long> shape, Random random) {
        float[] values = new float[Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact))];
        double fanIn = shape.stream().skip(1).reduce(1L, Math::multiplyExact);
        for (int i = 0; i < values.length; i++) {
            double drawn = random.nextGaussian();
            if (shape.size() > 1) {
                values[i] = (float) (drawn * Math.sqrt(2 / fanIn));
            } else {
                values[i] = (float) (name.endsWith("var") || name.endsWith("norm.weight") ? 1 : 0.2 * drawn);
            }
        }
        return Tensor.ofFloats(shape, values);
    }
}
