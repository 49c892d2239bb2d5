package org.ctstream.trainer.phase;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.ctstream.imaging.augment.AugmentationSettings;
import org.ctstream.model.network.Networks;
import org.ctstream.trainer.optimize.LearningRate;
import org.ctstream.trainer.optimize.UpdateRule;

/**
 * Everything that makes one phase; its text is what a resumed phase is compared by.
 *
 * @param name name of the phase, for folders, histories and plots
 * @param architecture the network, a name of {@code Networks}
 * @param epochs passes over the epoch's images, at least 1
 * @param batchSize images (triplets in a contrastive phase) per update of the weights
 * @param microBatchSize images in memory at once; normalisations that learn take their statistics over it
 * @param rate learning rate by epoch
 * @param rule update rule
 * @param trainable stages that learn, by name; all if empty
 * @param side height and width of the training images, pixels
 * @param augmentation of every training image
 * @param labelSmoothing share of the target spread over both classes
 * @param mixup alpha of mixup, 0 for none
 * @param dropout probability before the last linear layer, 0 for none
 * @param averageDecay decay of the weights' average, which is validated and kept instead of the weights; 0 for none
 * @param patience epochs without a better validation AUC after which the phase ends; 0 for never
 * @param frozenCopies augmented copies of each image whose way through the frozen stages is computed once and kept on disk;
 *     0 augments afresh in each epoch
 * @param origins data sets to train on; all if empty
 * @param balanced whether each epoch draws origins and classes equally often, with repetition, instead of each image once
 * @param epochImages images of an epoch if balanced, 0 for as many as there are
 * @param triplets contrastive phases: where triplets come from
 * @param strongAugmentation contrastive phases: of the positives of {@link TripletStrategy#STRONG_POSITIVE}
 * @param margin contrastive phases: the triplet loss's margin
 */
public record PhaseSettings(
        String name,
        PhaseKind kind,
        String architecture,
        int epochs,
        int batchSize,
        int microBatchSize,
        LearningRate rate,
        UpdateRule rule,
        Set<String> trainable,
        int side,
        AugmentationSettings augmentation,
        double labelSmoothing,
        double mixup,
        double dropout,
        double averageDecay,
        int patience,
        int frozenCopies,
        Set<String> origins,
        boolean balanced,
        int epochImages,
        TripletStrategy triplets,
        AugmentationSettings strongAugmentation,
        double margin) {
    private static final int CLASSES = 2;

    public PhaseSettings {
        trainable = sorted(trainable);
        origins = sorted(origins);
        check(epochs >= 1, name, "epochs", "1 or more", epochs);
        check(batchSize >= 1, name, "batch.size", "1 or more", batchSize);
        check(microBatchSize >= 1, name, "micro.batch.size", "1 or more", microBatchSize);
        check(kind != PhaseKind.CONTRASTIVE || mixup == 0, name, "mixup", "0 where triplets are compared", mixup);
        check(frozenCopies == 0 || mixup == 0, name, "mixup", "0 where frozen.copies is not", mixup);
        check(
                frozenCopies == 0 || !balanced || epochImages == 0,
                name,
                "epoch.images",
                "0 with frozen.copies",
                epochImages);
        // Now, and not when the phase's turn comes after days of the ones before it.
        List<String> stages = Networks.named(architecture, CLASSES).stages();
        check(stages.containsAll(trainable), name, "trainable", "stages of " + architecture + ", " + stages, trainable);
    }

    /** All of it as one line, the same for equal settings. */
    public String describe() {
        return toString();
    }

    private static Set<String> sorted(Set<String> names) {
        return Collections.unmodifiableSet(new TreeSet<>(names));
    }

    private static void check(boolean holds, String phase, String setting, String expected, Object found) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "phase " + phase + ": " + setting + " must be " + expected + ", found " + found);
        }
    }
}
