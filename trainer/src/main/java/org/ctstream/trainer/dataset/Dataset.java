package org.ctstream.trainer.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.service.fetch.Sha256;

/**
 * A snapshot of labelled images: what training, validation and testing see. Labels never change after it is made; pixels
 * are read from the folder it was made in.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class Dataset {
    private final ImageFolder folder;
    private final Map<Split, List<LabeledImage>> images;
    private final List<Rejected> rejected;
    private final Map<String, Long> labelOffsets;

    Dataset(
            ImageFolder folder,
            Map<Split, List<LabeledImage>> images,
            List<Rejected> rejected,
            Map<String, Long> labelOffsets) {
        this.folder = folder;
        this.images = Map.copyOf(images);
        this.rejected = List.copyOf(rejected);
        this.labelOffsets = Map.copyOf(labelOffsets);
    }

    /** The images of a split, each once, sorted by digest: the same content gives the same order everywhere. */
    public List<LabeledImage> images(Split split) {
        return List.copyOf(images.getOrDefault(split, List.of()));
    }

    /**
     * An image as the network's geometry wants it: decoded within limits and stretched as serving does. The first call
     * for a side decodes and keeps the slice on disk; later ones read side × side bytes.
     *
     * @param side height and width in pixels, 1 or more
     * @return side × side, values 0 to 255; the caller's own
     * @throws DatasetException if the image is no longer in the folder or is damaged, or the disk is full
     */
    public GreySlice slice(LabeledImage image, int side) {
        if (side < 1) {
            throw new IllegalArgumentException("side " + side + " (expected: 1 or more)");
        }
        return folder.slice(image.digest(), side).slice();
    }

    /**
     * The data set as it was before: these images, with the labels and splits they had then. For a run that goes on while
     * labels have moved on.
     *
     * @throws DatasetException if one of the images is no longer in the folder, as its scan was removed
     */
    public Dataset earlier(Collection<LabeledImage> then, Map<String, Long> labelOffsetsThen) {
        var bySplit = new EnumMap<Split, List<LabeledImage>>(Split.class);
        for (Split split : Split.values()) {
            bySplit.put(split, new ArrayList<>());
        }
        then.stream().sorted(Comparator.comparing(LabeledImage::digest)).forEach(image -> {
            if (!folder.has(image.digest())) {
                throw new DatasetException(
                        "Image " + image.digest() + " is no longer in the data set's folder: its scan was removed.",
                        null);
            }
            bySplit.computeIfAbsent(image.split(), any -> new ArrayList<>()).add(image);
        });
        return new Dataset(folder, bySplit, List.of(), labelOffsetsThen);
    }

    /**
     * Lineage: next offset of {@code ct.scan.labeled} by partition number when the labels were read. Empty for local
     * lists.
     */
    public Map<String, Long> labelOffsets() {
        return labelOffsets;
    }

    /** Class balance, sizes, mean and standard deviation of a split; reads all its slices. */
    public DatasetStatistics statistics(Split split) {
        return Statistics.of(split, images(split), folder);
    }

    /** Labels that are not in the data set, each with the reason. */
    public List<Rejected> rejected() {
        return rejected;
    }

    /**
     * SHA-256 over digest, split and label of all images: equal exactly if two data sets hold the same images for the
     * same purpose, wherever they came from.
     */
    public String fingerprint() {
        MessageDigest all = Sha256.newDigest();
        for (Split split : Split.values()) {
            for (LabeledImage image : images(split)) {
                all.update((image.digest() + " " + split + " " + image.label() + "\n").getBytes(UTF_8));
            }
        }
        return HexFormat.of().formatHex(all.digest());
    }

    /** A few lines for people: per split class balance, sizes, mean and standard deviation; then what was left out. */
    public String summary() {
        return DatasetSummary.of(this);
    }
}
