package org.ctstream.trainer.phase;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ctstream.imaging.augment.AugmentationSettings;
import org.ctstream.imaging.augment.Augmenter;
import org.ctstream.model.weights.Weights;
import org.ctstream.trainer.dataset.LabeledImage;
import org.ctstream.trainer.dataset.Split;
import org.ctstream.trainer.feed.PixelRendering;
import org.ctstream.trainer.feed.Sample;
import org.ctstream.trainer.feed.Seeds;
import org.ctstream.trainer.network.TrainingNetwork;

/** Joins a phase's objective from its settings and images. */
final class Objectives {
    private Objectives() {}

    /** @throws IllegalArgumentException if there are no images to train or validate on */
    static Objective of(PhaseTask task) {
        PhaseSettings settings = task.settings();
        List<LabeledImage> training = images(task, Split.TRAIN);
        List<LabeledImage> validation = images(task, Split.VALIDATION);
        long seed = Seeds.of(task.seed(), Seeds.of(settings.name()));
        ImageOrder order = new ImageOrder(
                training, settings.balanced(), settings.epochImages(), Seeds.of(seed, Seeds.of("order")));
        SampleMaker maker = maker(settings, settings.augmentation(), Seeds.of(seed, Seeds.of("augmentation")));
        if (settings.kind() == PhaseKind.CLASSIFICATION) {
            return new Classification(settings, order, maker, training, validation);
        }
        SampleMaker strong = maker(settings, settings.strongAugmentation(), Seeds.of(seed, Seeds.of("strong")));
        TripletSamples samples =
                new TripletSamples(training, maker, strong, settings.triplets(), Seeds.of(seed, Seeds.of("triplets")));
        return new Contrast(settings, order, samples, validation, seed);
    }

    static FrozenFeatures frozenFeatures(
            PhaseTask task,
            TrainingNetwork network,
            Objective objective,
            PixelRendering pixels,
            PhaseListener listener) {
        List<Sample> samples = new ArrayList<>(objective.allSamples());
        samples.addAll(objective.validationSamples());
        return FrozenFeatures.in(
                task.folder(),
                "frozen-" + digest(task, network) + ".f32",
                network,
                pixels,
                samples,
                task.loaderThreads(),
                listener);
    }

    /** Of everything the frozen stages' outputs depend on. */
    private static String digest(PhaseTask task, TrainingNetwork network) {
        Weights weights = network.weights();
        var frozen = new TreeMap<>(weights.tensors());
        frozen.keySet()
                .removeIf(name -> network.frozenPrefix().stream().noneMatch(stage -> name.startsWith(stage + ".")));
        long rest = Seeds.of(
                Seeds.of(task.dataset().fingerprint()),
                Seeds.of(task.settings().describe()),
                Seeds.of(task.standardisation().toString()),
                task.seed());
        return new Weights(Map.of(), frozen).sha256().substring(0, 16) + Long.toHexString(rest);
    }

    private static SampleMaker maker(PhaseSettings settings, AugmentationSettings augmentation, long seed) {
        // Without augmentation an image is what serving sees, not that by way of a larger square.
        Augmenter augmenter =
                augmentation.equals(AugmentationSettings.none()) ? null : new Augmenter(augmentation, settings.side());
        return new SampleMaker(augmenter, settings.frozenCopies(), seed);
    }

    private static List<LabeledImage> images(PhaseTask task, Split split) {
        PhaseSettings settings = task.settings();
        List<LabeledImage> images = task.dataset().images(split).stream()
                .filter(image ->
                        settings.origins().isEmpty() || settings.origins().contains(image.origin()))
                .toList();
        if (images.isEmpty()) {
            throw new IllegalArgumentException("phase " + settings.name() + " has no images in split " + split
                    + (settings.origins().isEmpty() ? "" : " of origin " + String.join(", ", settings.origins()))
                    + "; publish labelled images for it first");
        }
        return images;
    }
}
