package org.ctstream.trainer.phase;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ctstream.trainer.dataset.LabeledImage;
import org.ctstream.trainer.feed.Seeds;

/** Which images an epoch takes, in which order; depends on nothing but seed and epoch. */
final class ImageOrder {
    private final List<LabeledImage> images;
    private final boolean balanced;
    private final int count;
    private final long seed;

    /**
     * @param balanced whether origins and classes come equally often instead of each image once
     * @param count images of a balanced epoch, 0 for as many as there are
     */
    ImageOrder(List<LabeledImage> images, boolean balanced, int count, long seed) {
        this.images = List.copyOf(images);
        this.balanced = balanced;
        this.count = count == 0 ? images.size() : count;
        this.seed = seed;
    }

    List<LabeledImage> of(int epoch) {
        Random random = new Random(Seeds.of(seed, epoch));
        return balanced ? balanced(random) : shuffled(images, random);
    }

    private List<LabeledImage> balanced(Random random) {
        Map<List<Object>, List<LabeledImage>> groups = new LinkedHashMap<>();
        images.forEach(
                image -> groups.computeIfAbsent(List.of(image.origin(), image.positive()), group -> new ArrayList<>())
                        .add(image));
        List<LabeledImage> drawn = new ArrayList<>();
        int perGroup = (count + groups.size() - 1) / groups.size();
        for (List<LabeledImage> group : groups.values()) {
            List<LabeledImage> own = new ArrayList<>();
            while (own.size() < perGroup) {
                // A group smaller than its share is gone through again, each time in another order.
                own.addAll(shuffled(group, random));
            }
            drawn.addAll(own.subList(0, perGroup));
        }
        return shuffled(drawn, random).subList(0, Math.min(count, drawn.size()));
    }

    private static List<LabeledImage> shuffled(List<LabeledImage> images, Random random) {
        List<LabeledImage> shuffled = new ArrayList<>(images);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }
}
