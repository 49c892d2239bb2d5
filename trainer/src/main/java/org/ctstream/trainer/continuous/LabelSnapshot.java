package org.ctstream.trainer.continuous;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.dataset.DatasetException;
import org.ctstream.trainer.dataset.LabeledImage;
import org.ctstream.trainer.dataset.Split;

/**
 * The labels as they are at one time: what a training sees.
 *
 * @param labelOffsets next offset of the labelled scans' topic by partition number
 * @param images every labelled image once
 */
record LabelSnapshot(Map<String, Long> labelOffsets, List<LabeledImage> images) {
    LabelSnapshot {
        labelOffsets = Collections.unmodifiableMap(new TreeMap<>(labelOffsets));
        images = List.copyOf(images);
    }

    static LabelSnapshot of(Dataset dataset) {
        var images = new ArrayList<LabeledImage>();
        for (Split split : Split.values()) {
            images.addAll(dataset.images(split));
        }
        return new LabelSnapshot(dataset.labelOffsets(), images);
    }

    List<LabeledImage> images(Split split) {
        return images.stream().filter(image -> image.split() == split).toList();
    }

    /** Images of one class in a split. */
    long count(Split split, boolean positive) {
        return images.stream()
                .filter(image -> image.split() == split && image.positive() == positive)
                .count();
    }

    /**
     * Checks that nothing that is for testing only is trained or decided on here.
     *
     * @param test the test images as they are now, which may have been others when this snapshot was made
     * @throws DatasetException if one of them is for training or validation here
     */
    void requireWithout(Collection<LabeledImage> test) {
        var digests = test.stream().map(LabeledImage::digest).collect(Collectors.toSet());
        long leaked = images.stream()
                .filter(image -> image.split() != Split.TEST && digests.contains(image.digest()))
                .count();
        if (leaked > 0) {
            throw new DatasetException(
                    leaked + " of its training and validation images have become test images since it began; a release"
                            + " of it could not be tested on them",
                    null);
        }
    }

    /** Training images of this snapshot that the other one does not have, or has with the other label. */
    long newSince(LabelSnapshot before) {
        var known = new HashMap<String, Boolean>();
        before.images(Split.TRAIN).forEach(image -> known.put(image.digest(), image.positive()));
        return images(Split.TRAIN).stream()
                .filter(image -> !Boolean.valueOf(image.positive()).equals(known.get(image.digest())))
                .count();
    }

    /**
     * The most training images that can have come since these offsets. What the records between were about is not known
     * here, so validation labels, corrections and a transaction's markers count too, up to all training images.
     */
    long newSince(Map<String, Long> offsets) {
        long records = labelOffsets.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - offsets.getOrDefault(end.getKey(), 0L)))
                .sum();
        return Math.min(records, images(Split.TRAIN).size());
    }

    /** Whether these offsets can be of the same topic: none of them is beyond its end. */
    boolean reaches(Map<String, Long> offsets) {
        return offsets.entrySet().stream()
                .allMatch(offset -> labelOffsets.getOrDefault(offset.getKey(), 0L) >= offset.getValue());
    }
}
