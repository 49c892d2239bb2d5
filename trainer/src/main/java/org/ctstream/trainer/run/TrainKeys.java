package org.ctstream.trainer.run;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.ctstream.model.network.Networks;

/**
 * Keys of a training run. A phase's keys begin with its name; their defaults are the published recipe's numbers, where it
 * gives any.
 */
public final class TrainKeys {
    public static final String PHASES = "train.phases";
    public static final String ARCHITECTURE = "train.architecture";
    public static final String INITIAL_WEIGHTS = "train.initial.weights";
    public static final String SEED = "train.seed";
    public static final String STANDARDISATION = "train.standardisation";
    public static final String DROPOUT = "train.dropout";
    public static final String MICRO_BATCH = "train.micro.batch.size";
    public static final String DEVICE = "train.device";
    public static final String THREADS = "train.threads";
    public static final String LOADER_THREADS = "train.loader.threads";
    public static final String RELEASE_PHASE = "train.release.phase";

    /** In-domain initialisation before the recipe's three phases; off unless it is asked for. */
    public static final String PRETRAIN = "pretrain";

    public static final String FINE_TUNE = "finetune";
    public static final String CONTRAST = "contrast";
    public static final String CLASSIFY = "classify";
    /** The phases there are, in the order in which they run. */
    public static final List<String> ALL_PHASES = List.of(PRETRAIN, FINE_TUNE, CONTRAST, CLASSIFY);

    public static final String EPOCHS = ".epochs";
    public static final String BATCH_SIZE = ".batch.size";
    public static final String OPTIMIZER = ".optimizer";
    public static final String MOMENTUM = ".momentum";
    public static final String WEIGHT_DECAY = ".weight.decay";
    public static final String LEARNING_RATE = ".learning.rate";
    public static final String SCHEDULE = ".learning.rate.schedule";
    public static final String STEP_FACTOR = ".learning.rate.step.factor";
    public static final String STEP_EPOCHS = ".learning.rate.step.epochs";
    public static final String WARMUP_EPOCHS = ".learning.rate.warmup.epochs";
    public static final String TRAINABLE = ".trainable";
    public static final String SIDE = ".side";
    public static final String AUGMENTATION = ".augmentation";
    public static final String LABEL_SMOOTHING = ".label.smoothing";
    public static final String MIXUP = ".mixup";
    public static final String AVERAGE = ".weight.average";
    public static final String PATIENCE = ".patience.epochs";
    public static final String FROZEN_COPIES = ".frozen.copies";
    public static final String ORIGINS = ".origins";
    public static final String BALANCED = ".balanced";
    public static final String EPOCH_IMAGES = ".epoch.images";
    public static final String TRIPLETS = ".triplets";
    public static final String STRONG_AUGMENTATION = ".strong.augmentation";
    public static final String MARGIN = ".margin";

    private static final double MOMENTUM_DEFAULT = 0.9;

    private TrainKeys() {}

    /** Adds the keys of a run to a definition. */
    public static ConfigDef addTo(ConfigDef def) {
        addCommon(def);
        addPhase(def, PRETRAIN, 100, 32, 0.05, "cosine", "");
        addPhase(
                def,
                FINE_TUNE,
                3000,
                128,
                0.007,
                "step",
                "features.denseblock3,features.transition3,features.denseblock4,features.norm5,classifier");
        addPhase(def, CONTRAST, 300, 64, 0.0005, "step", "features.denseblock4,features.norm5,head");
        addPhase(def, CLASSIFY, 220, 64, 0.0003, "step", "head,classifier");
        addTriplets(def);
        return def;
    }

    private static void addCommon(ConfigDef def) {
        def.define(
                        PHASES,
                        Type.LIST,
                        String.join(",", FINE_TUNE, CONTRAST, CLASSIFY),
                        ConfigDef.ValidList.in(ALL_PHASES.toArray(String[]::new)),
                        Importance.HIGH,
                        "Phases to run, in this order: " + String.join(", ", ALL_PHASES) + ".")
                .define(
                        ARCHITECTURE,
                        Type.STRING,
                        "densenet169",
                        ValidString.in(Networks.names().toArray(String[]::new)),
                        Importance.HIGH,
                        "Network of pretraining and fine-tuning; the phases after them use its -embedding form.")
                .define(
                        INITIAL_WEIGHTS,
                        Type.STRING,
                        "",
                        Importance.HIGH,
                        "Weights to begin from: a safetensors or torchvision .pth file; what fits by name and shape is "
                                + "loaded. Empty begins from seeded random weights.")
                .define(
                        SEED,
                        Type.LONG,
                        1L,
                        Importance.MEDIUM,
                        "Seed of everything random: the same seed gives the same model on the same machine.")
                .define(
                        STANDARDISATION,
                        Type.STRING,
                        "dataset",
                        ValidString.in("dataset", "imagenet"),
                        Importance.MEDIUM,
                        "Mean and standard deviation of the input: the training set's own, or ImageNet's.")
                .define(
                        DROPOUT,
                        Type.DOUBLE,
                        0.0,
                        Range.between(0, 0.95),
                        Importance.LOW,
                        "Probability of dropout before the last linear layer; 0 for none.")
                .define(
                        MICRO_BATCH,
                        Type.INT,
                        16,
                        Range.between(2, 1_024),
                        Importance.HIGH,
                        "Images in memory at once; larger batches are made by adding up gradients. Normalisations that "
                                + "learn take their statistics over it.")
                .define(
                        DEVICE,
                        Type.STRING,
                        "cpu",
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Device: cpu, gpu or gpu:N. A missing device stops the run; nothing falls back in silence.")
                .define(
                        THREADS,
                        Type.INT,
                        0,
                        Range.between(0, 1_024),
                        Importance.MEDIUM,
                        "Threads inside the engine on a CPU; 0 lets the engine decide. Leave a core to other work: the "
                                + "engine's threads wait for each other.")
                .define(
                        LOADER_THREADS,
                        Type.INT,
                        1,
                        Range.between(1, 64),
                        Importance.LOW,
                        "Threads that augment images ahead of the training step.")
                .define(
                        RELEASE_PHASE,
                        Type.STRING,
                        "last",
                        ValidString.in("last", "best"),
                        Importance.MEDIUM,
                        "Phase whose best weights are released: the last one that classifies, or the one with the best "
                                + "validation AUC of all that classify.");
    }

    private static void addPhase(
            ConfigDef def, String phase, int epochs, int batch, double rate, String schedule, String trainable) {
        def.define(
                        phase + EPOCHS,
                        Type.INT,
                        epochs,
                        Range.atLeast(1),
                        Importance.HIGH,
                        "Epochs of phase " + phase + ".")
                .define(
                        phase + BATCH_SIZE,
                        Type.INT,
                        batch,
                        Range.atLeast(1),
                        Importance.HIGH,
                        phase.equals(CONTRAST)
                                ? "Triplets per update of the weights. The recipe takes 32 where more than denseblock4 learns."
                                : "Images per update of the weights.")
                .define(
                        phase + OPTIMIZER,
                        Type.STRING,
                        "sgd",
                        ValidString.in("sgd", "rmsprop", "adamw"),
                        Importance.MEDIUM,
                        "Update rule.")
                .define(
                        phase + MOMENTUM,
                        Type.DOUBLE,
                        MOMENTUM_DEFAULT,
                        Range.between(0, 0.999),
                        Importance.MEDIUM,
                        "Momentum of sgd and rmsprop.")
                .define(
                        phase + WEIGHT_DECAY,
                        Type.DOUBLE,
                        0.0,
                        Range.between(0, 1),
                        Importance.MEDIUM,
                        "Weight decay: added to the gradient, or, with adamw, decoupled from it.")
                .define(
                        phase + LEARNING_RATE,
                        Type.DOUBLE,
                        rate,
                        Range.between(1e-9, 10),
                        Importance.HIGH,
                        "Learning rate at the beginning, or at the peak of a cosine.")
                .define(
                        phase + SCHEDULE,
                        Type.STRING,
                        schedule,
                        ValidString.in("step", "cosine"),
                        Importance.MEDIUM,
                        "How the learning rate goes on: by steps, or down half a cosine over the phase's epochs.")
                .define(
                        phase + STEP_FACTOR,
                        Type.DOUBLE,
                        0.5,
                        Range.between(1e-6, 1),
                        Importance.LOW,
                        "Factor of a step.")
                .define(
                        phase + STEP_EPOCHS,
                        Type.INT,
                        400,
                        Range.atLeast(1),
                        Importance.LOW,
                        "Epochs between two steps.")
                .define(
                        phase + WARMUP_EPOCHS,
                        Type.DOUBLE,
                        0.0,
                        Range.atLeast(0),
                        Importance.LOW,
                        "Epochs over which a cosine rises to its peak first.")
                .define(
                        phase + TRAINABLE,
                        Type.LIST,
                        trainable,
                        Importance.HIGH,
                        "Stages of the network that learn, by name; the others are frozen, their normalisations too. "
                                + "Empty lets all learn.")
                .define(
                        phase + SIDE,
                        Type.INT,
                        224,
                        Range.between(32, 1_024),
                        Importance.MEDIUM,
                        "Height and width of the images in this phase, in pixels. Serving always has 224.")
                .define(
                        phase + AUGMENTATION,
                        Type.STRING,
                        "standard",
                        Importance.MEDIUM,
                        "Augmentation: none, centre-crop, weak, standard or strong, and what differs from it, as in "
                                + "standard,rotate=-10..10.")
                .define(
                        phase + LABEL_SMOOTHING,
                        Type.DOUBLE,
                        0.0,
                        Range.between(0, 0.9),
                        Importance.LOW,
                        "Share of each target that is spread over both classes.")
                .define(
                        phase + MIXUP,
                        Type.DOUBLE,
                        0.0,
                        Range.between(0, 1),
                        Importance.LOW,
                        "Alpha of mixup; 0 for none.")
                .define(
                        phase + AVERAGE,
                        Type.DOUBLE,
                        0.0,
                        Range.between(0, 0.99999),
                        Importance.MEDIUM,
                        "Decay of the moving average of the weights, which is then validated and kept instead of the "
                                + "weights; 0 for none.")
                .define(
                        phase + PATIENCE,
                        Type.INT,
                        0,
                        Range.atLeast(0),
                        Importance.MEDIUM,
                        "Epochs without a better validation AUC after which the phase ends early; 0 for never.")
                .define(
                        phase + FROZEN_COPIES,
                        Type.INT,
                        0,
                        Range.between(0, 1_000),
                        Importance.MEDIUM,
                        "Augmented copies of each image whose way through the frozen stages is computed once and kept on "
                                + "disk; 0 augments and computes afresh in every epoch.")
                .define(
                        phase + ORIGINS,
                        Type.LIST,
                        "",
                        Importance.MEDIUM,
                        "Origins of the labelled images to train and validate on; empty for all.")
                .define(
                        phase + BALANCED,
                        Type.BOOLEAN,
                        false,
                        Importance.MEDIUM,
                        "Whether an epoch draws origins and classes equally often instead of each image once.")
                .define(
                        phase + EPOCH_IMAGES,
                        Type.INT,
                        0,
                        Range.atLeast(0),
                        Importance.LOW,
                        "Images of a balanced epoch; 0 for as many as there are.");
    }

    private static void addTriplets(ConfigDef def) {
        def.define(
                        CONTRAST + TRIPLETS,
                        Type.STRING,
                        "random",
                        ValidString.in("random", "strong-positive", "semi-hard"),
                        Importance.HIGH,
                        "Where triplets come from: at random; with the anchor's own image, strongly augmented, as the "
                                + "positive; or mined in the batch.")
                .define(
                        CONTRAST + STRONG_AUGMENTATION,
                        Type.STRING,
                        "strong",
                        Importance.LOW,
                        "Augmentation of strong positives.")
                .define(
                        CONTRAST + MARGIN,
                        Type.DOUBLE,
                        0.5,
                        Range.between(1e-6, 4),
                        Importance.MEDIUM,
                        "Margin of the triplet loss, on squared distances between embeddings of length 1.");
    }
}
