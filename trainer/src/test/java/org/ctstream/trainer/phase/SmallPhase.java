package org.ctstream.trainer.phase;

import java.util.Set;
import org.ctstream.imaging.augment.AugmentationSettings;
import org.ctstream.trainer.optimize.LearningRate;
import org.ctstream.trainer.optimize.Sgd;
import org.ctstream.trainer.optimize.UpdateRule;

/** Settings of a phase that takes seconds; a test names only what it is about. */
public final class SmallPhase {
    private String name = "small";
    private final PhaseKind kind;
    private String architecture;
    private int epochs = 2;
    private int batchSize = 6;
    private int microBatchSize = 6;
    private double rate = 0.05;
    private UpdateRule rule = new Sgd(0.9f, 0);
    private Set<String> trainable = Set.of();
    private int side = 32;
    private AugmentationSettings augmentation = AugmentationSettings.standard();
    private double mixup;
    private double dropout;
    private double averageDecay;
    private int patience;
    private int frozenCopies;
    private TripletStrategy triplets = TripletStrategy.RANDOM;

    private SmallPhase(PhaseKind kind, String architecture) {
        this.kind = kind;
        this.architecture = architecture;
    }

    public static SmallPhase classification() {
        return new SmallPhase(PhaseKind.CLASSIFICATION, "small-cnn");
    }

    public static SmallPhase contrastive() {
        return new SmallPhase(PhaseKind.CONTRASTIVE, "resnet18-embedding");
    }

    public SmallPhase name(String value) {
        name = value;
        return this;
    }

    public SmallPhase architecture(String value) {
        architecture = value;
        return this;
    }

    public SmallPhase epochs(int value) {
        epochs = value;
        return this;
    }

    public SmallPhase batches(int batch, int microBatch) {
        batchSize = batch;
        microBatchSize = microBatch;
        return this;
    }

    public SmallPhase rate(double value) {
        rate = value;
        return this;
    }

    public SmallPhase rule(UpdateRule value) {
        rule = value;
        return this;
    }

    public SmallPhase trainable(String... stages) {
        trainable = Set.of(stages);
        return this;
    }

    public SmallPhase side(int value) {
        side = value;
        return this;
    }

    public SmallPhase augmentation(AugmentationSettings value) {
        augmentation = value;
        return this;
    }

    public SmallPhase mixup(double value) {
        mixup = value;
        return this;
    }

    public SmallPhase dropout(double value) {
        dropout = value;
        return this;
    }

    public SmallPhase averageDecay(double value) {
        averageDecay = value;
        return this;
    }

    public SmallPhase patience(int value) {
        patience = value;
        return this;
    }

    public SmallPhase frozenCopies(int value) {
        frozenCopies = value;
        return this;
    }

    public SmallPhase triplets(TripletStrategy value) {
        triplets = value;
        return this;
    }

    public PhaseSettings build() {
        return new PhaseSettings(
                name,
                kind,
                architecture,
                epochs,
                batchSize,
                microBatchSize,
                new LearningRate.StepDecay(rate, 0.5, 400),
                rule,
                trainable,
                side,
                augmentation,
                0,
                mixup,
                dropout,
                averageDecay,
                patience,
                frozenCopies,
                Set.of(),
                false,
                0,
                triplets,
                AugmentationSettings.strong(),
                0.5);
    }
}
