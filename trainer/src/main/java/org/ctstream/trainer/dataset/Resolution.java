package org.ctstream.trainer.dataset;

import java.util.List;
import java.util.Map;

/**
 * Which image is in which split with which label.
 *
 * @param images every split's images, sorted by digest
 * @param rejected labels that lost against others for the same image
 */
record Resolution(Map<Split, List<LabeledImage>> images, List<Rejected> rejected) {
    Resolution {
        images = Map.copyOf(images);
        rejected = List.copyOf(rejected);
    }

    List<LabeledImage> in(Split split) {
        return images.getOrDefault(split, List.of());
    }
}
