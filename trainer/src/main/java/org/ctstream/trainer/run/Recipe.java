package org.ctstream.trainer.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.ctstream.imaging.augment.AugmentationSettings;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.trainer.optimize.AdamW;
import org.ctstream.trainer.optimize.LearningRate;
import org.ctstream.trainer.optimize.RmsProp;
import org.ctstream.trainer.optimize.Sgd;
import org.ctstream.trainer.optimize.UpdateRule;
import org.ctstream.trainer.phase.PhaseKind;
import org.ctstream.trainer.phase.PhaseSettings;
import org.ctstream.trainer.phase.TripletStrategy;

/** The phases of a run, read from its configuration. */
public final class Recipe {
    private static final String EMBEDDING = "-embedding";

    private final ServiceConfig config;

    public Recipe(ServiceConfig config) {
        this.config = config;
    }

    /**
     * Settings of each phase to run, in order.
     *
     * @throws IllegalArgumentException if settings do not go together, naming phase and key
     */
    public List<PhaseSettings> phases() {
        List<PhaseSettings> phases = new ArrayList<>();
        List<String> wanted = config.list(TrainKeys.PHASES);
        // Each goes on from the weights of the one before: the order is the recipe's, however they are listed.
        TrainKeys.ALL_PHASES.stream().filter(wanted::contains).map(this::phase).forEach(phases::add);
        if (phases.isEmpty()) {
            throw new IllegalArgumentException(
                    TrainKeys.PHASES + " names no phase; expected some of " + String.join(", ", TrainKeys.ALL_PHASES));
        }
        return phases;
    }

    private PhaseSettings phase(String phase) {
        boolean contrast = phase.equals(TrainKeys.CONTRAST);
        return new PhaseSettings(
                phase,
                contrast ? PhaseKind.CONTRASTIVE : PhaseKind.CLASSIFICATION,
                architecture(phase),
                config.integer(phase + TrainKeys.EPOCHS),
                config.integer(phase + TrainKeys.BATCH_SIZE),
                config.integer(TrainKeys.MICRO_BATCH),
                rate(phase),
                rule(phase),
                names(phase + TrainKeys.TRAINABLE),
                config.integer(phase + TrainKeys.SIDE),
                augmentation(phase + TrainKeys.AUGMENTATION),
                config.decimal(phase + TrainKeys.LABEL_SMOOTHING),
                config.decimal(phase + TrainKeys.MIXUP),
                config.decimal(TrainKeys.DROPOUT),
                config.decimal(phase + TrainKeys.AVERAGE),
                config.integer(phase + TrainKeys.PATIENCE),
                config.integer(phase + TrainKeys.FROZEN_COPIES),
                names(phase + TrainKeys.ORIGINS),
                config.bool(phase + TrainKeys.BALANCED),
                config.integer(phase + TrainKeys.EPOCH_IMAGES),
                TripletStrategy.valueOf(config.string(TrainKeys.CONTRAST + TrainKeys.TRIPLETS)
                        .toUpperCase(Locale.ROOT)
                        .replace('-', '_')),
                augmentation(TrainKeys.CONTRAST + TrainKeys.STRONG_AUGMENTATION),
                config.decimal(TrainKeys.CONTRAST + TrainKeys.MARGIN));
    }

    private String architecture(String phase) {
        String backbone = config.string(TrainKeys.ARCHITECTURE);
        boolean embeds = phase.equals(TrainKeys.CONTRAST) || phase.equals(TrainKeys.CLASSIFY);
        return embeds && !backbone.endsWith(EMBEDDING) ? backbone + EMBEDDING : backbone;
    }

    private LearningRate rate(String phase) {
        double base = config.decimal(phase + TrainKeys.LEARNING_RATE);
        if (config.string(phase + TrainKeys.SCHEDULE).equals("cosine")) {
            return cosine(phase, base);
        }
        return new LearningRate.StepDecay(
                base, config.decimal(phase + TrainKeys.STEP_FACTOR), config.integer(phase + TrainKeys.STEP_EPOCHS));
    }

    private LearningRate cosine(String phase, double peak) {
        String warmup = phase + TrainKeys.WARMUP_EPOCHS;
        try {
            return new LearningRate.Cosine(peak, config.decimal(warmup), config.integer(phase + TrainKeys.EPOCHS));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(warmup + ": " + e.getMessage(), e);
        }
    }

    private UpdateRule rule(String phase) {
        float momentum = (float) config.decimal(phase + TrainKeys.MOMENTUM);
        float decay = (float) config.decimal(phase + TrainKeys.WEIGHT_DECAY);
        return switch (config.string(phase + TrainKeys.OPTIMIZER)) {
            case "rmsprop" -> new RmsProp(momentum, decay);
            case "adamw" -> new AdamW(decay);
            default -> new Sgd(momentum, decay);
        };
    }

    private AugmentationSettings augmentation(String key) {
        try {
            return AugmentationSettings.parse(config.string(key));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }

    private Set<String> names(String key) {
        return Set.copyOf(
                config.list(key).stream().filter(name -> !name.isBlank()).toList());
    }
}
