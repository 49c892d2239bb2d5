package org.ctstream.trainer.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.ctstream.trainer.dataset.LabeledImage;

/** A few images, the classes in turn. */
public final class BalancedPick {
    private BalancedPick() {}

    /**
     * Picks at random, alternating between the classes as long as both last.
     *
     * @throws IllegalArgumentException if there are fewer images than wanted
     */
    public static List<LabeledImage> of(List<LabeledImage> images, int count, long seed) {
        if (count < 1 || images.size() < count) {
            throw new IllegalArgumentException(
                    "asked for " + count + " images of the split, which has " + images.size());
        }
        List<LabeledImage> shuffled = new ArrayList<>(images);
        Collections.shuffle(shuffled, new Random(seed));
        List<LabeledImage> positives =
                shuffled.stream().filter(LabeledImage::positive).toList();
        List<LabeledImage> negatives =
                shuffled.stream().filter(image -> !image.positive()).toList();
        List<LabeledImage> picked = new ArrayList<>();
        for (int i = 0; picked.size() < count; i++) {
            if (i < positives.size()) {
                picked.add(positives.get(i));
            }
            if (i < negatives.size() && picked.size() < count) {
                picked.add(negatives.get(i));
            }
        }
        return picked;
    }
}
