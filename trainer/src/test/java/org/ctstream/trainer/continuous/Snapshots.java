package org.ctstream.trainer.continuous;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ctstream.trainer.dataset.LabeledImage;
import org.ctstream.trainer.dataset.Split;
import org.jspecify.annotations.Nullable;

/** Labels without images. */
final class Snapshots {
    private Snapshots() {}

    /** Training images with these numbers, the even ones positive, and one validation image of each class. */
    static LabelSnapshot trainable(int from, int to) {
        var images = new ArrayList<LabeledImage>();
        for (int i = from; i < to; i++) {
            images.add(image(i, i % 2 == 0, Split.TRAIN));
        }
        images.add(image(9_000, true, Split.VALIDATION));
        images.add(image(9_001, false, Split.VALIDATION));
        return new LabelSnapshot(Map.of("0", (long) images.size()), images);
    }

    static LabelSnapshot of(LabeledImage... images) {
        return new LabelSnapshot(Map.of("0", (long) images.length), List.of(images));
    }

    static LabeledImage image(int number, boolean positive, Split split) {
        return new LabeledImage("%064x".formatted(number), positive, split, "test");
    }

    static RunPlan plan(String settings, LabelSnapshot labels, @Nullable String production) {
        return new RunPlan("20260101-000000", production, new Circumstances(settings, "1.0", production), labels);
    }
}
