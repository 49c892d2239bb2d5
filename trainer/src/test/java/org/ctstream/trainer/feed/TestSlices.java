package org.ctstream.trainer.feed;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.dataset.Datasets;
import org.ctstream.trainer.dataset.Split;

/** Phantoms that a network learns to tell apart at once: the positive ones are bright, the negative ones dark. */
public final class TestSlices {
    private static final int SIDE = 64;
    private static final String TRAIN = "train";
    private static final String VALIDATION = "validation";
    private static final String LIST = "list.csv";

    private TestSlices() {}

    /**
     * As many of either class in training and in validation, the same for the same numbers.
     *
     * @param folder where images, lists and slices go
     */
    public static Dataset of(Path folder, int trainPerClass, int validationPerClass) throws IOException {
        write(folder.resolve(TRAIN), 100, trainPerClass);
        write(folder.resolve(VALIDATION), 200, validationPerClass);
        return in(folder);
    }

    /** The data set that was made in a folder. */
    public static Dataset in(Path folder) {
        return Datasets.fromCsv(
                Map.of(
                        Split.TRAIN, List.of(folder.resolve(TRAIN).resolve(LIST)),
                        Split.VALIDATION, List.of(folder.resolve(VALIDATION).resolve(LIST))),
                folder.resolve("cache"));
    }

    private static void write(Path folder, int firstSeed, int perClass) throws IOException {
        Files.createDirectories(folder);
        var text = new StringBuilder("path,label\n");
        for (int i = 0; i < 2 * perClass; i++) {
            boolean positive = i % 2 == 0;
            String name = "i" + (firstSeed + i) + ".png";
            write(
                    folder.resolve(name),
                    new PhantomSlices(SIDE).generate(firstSeed + i, positive).toGreySlice(),
                    positive);
            text.append(name).append(positive ? ",COVID\n" : ",NON_COVID\n");
        }
        Files.writeString(folder.resolve(LIST), text);
    }

    private static void write(Path file, GreySlice slice, boolean bright) throws IOException {
        BufferedImage image = new BufferedImage(slice.width(), slice.height(), BufferedImage.TYPE_BYTE_GRAY);
        for (int row = 0; row < slice.height(); row++) {
            for (int column = 0; column < slice.width(); column++) {
                int value = slice.at(row, column) / 2 + (bright ? 120 : 0);
                image.getRaster().setSample(column, row, 0, value);
            }
        }
        ImageIO.write(image, "png", file.toFile());
    }
}
