package org.ctstream.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.ctstream.imaging.augment.AugmentationSettings;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.trainer.optimize.AdamW;
import org.ctstream.trainer.optimize.LearningRate;
import org.ctstream.trainer.optimize.RmsProp;
import org.ctstream.trainer.optimize.Sgd;
import org.ctstream.trainer.phase.PhaseKind;
import org.ctstream.trainer.phase.PhaseSettings;
import org.ctstream.trainer.phase.TripletStrategy;
import org.junit.jupiter.api.Test;

class RecipeTest {
    @Test
    void defaultsArePublishedPhasesOnDenseNet169AndItsEmbedding() {
        List<PhaseSettings> phases = phases(Map.of());

        assertThat(phases).extracting(PhaseSettings::name).containsExactly(TrainKeys.FINE_TUNE, "contrast", "classify");
        assertThat(phases)
                .extracting(PhaseSettings::architecture)
                .containsExactly("densenet169", "densenet169-embedding", "densenet169-embedding");
        assertThat(phases)
                .extracting(PhaseSettings::kind)
                .containsExactly(PhaseKind.CLASSIFICATION, PhaseKind.CONTRASTIVE, PhaseKind.CLASSIFICATION);
        assertThat(phases.get(0).rate()).isEqualTo(new LearningRate.StepDecay(0.007, 0.5, 400));
        assertThat(phases.get(0).rule()).isEqualTo(new Sgd(0.9f, 0));
        assertThat(phases.get(1).margin()).isEqualTo(0.5);
    }

    @Test
    void everyKeyArrivesInItsPhase() {
        Map<String, String> given = new HashMap<>();
        given.put("train.phases", TrainKeys.FINE_TUNE);
        given.put("train.architecture", "resnet18");
        given.put("train.micro.batch.size", "5");
        given.put("train.dropout", "0.25");
        given.put(TrainKeys.FINE_TUNE + ".epochs", "7");
        given.put(TrainKeys.FINE_TUNE + ".batch.size", "11");
        given.put(TrainKeys.FINE_TUNE + ".optimizer", "rmsprop");
        given.put(TrainKeys.FINE_TUNE + ".momentum", "0.5");
        given.put(TrainKeys.FINE_TUNE + ".weight.decay", "0.125");
        given.put(TrainKeys.FINE_TUNE + ".learning.rate", "0.03");
        given.put(TrainKeys.FINE_TUNE + ".learning.rate.step.factor", "0.75");
        given.put(TrainKeys.FINE_TUNE + ".learning.rate.step.epochs", "3");
        given.put(TrainKeys.FINE_TUNE + ".trainable", "layer4, fc");
        given.put(TrainKeys.FINE_TUNE + ".side", "96");
        given.put(TrainKeys.FINE_TUNE + ".augmentation", "weak");
        given.put(TrainKeys.FINE_TUNE + ".label.smoothing", "0.1");
        given.put(TrainKeys.FINE_TUNE + ".mixup", "0.2");
        given.put(TrainKeys.FINE_TUNE + ".weight.average", "0.99");
        given.put(TrainKeys.FINE_TUNE + ".patience.epochs", "4");
        given.put(TrainKeys.FINE_TUNE + ".origins", "one,two");
        given.put(TrainKeys.FINE_TUNE + ".balanced", "true");
        given.put(TrainKeys.FINE_TUNE + ".epoch.images", "60");
        given.put("contrast.triplets", "semi-hard");
        given.put("contrast.strong.augmentation", "none");
        given.put("contrast.margin", "0.75");

        assertThat(phases(given))
                .containsExactly(new PhaseSettings(
                        TrainKeys.FINE_TUNE,
                        PhaseKind.CLASSIFICATION,
                        "resnet18",
                        7,
                        11,
                        5,
                        new LearningRate.StepDecay(0.03, 0.75, 3),
                        new RmsProp(0.5f, 0.125f),
                        Set.of("layer4", "fc"),
                        96,
                        AugmentationSettings.weak(),
                        0.1,
                        0.2,
                        0.25,
                        0.99,
                        4,
                        0,
                        Set.of("one", "two"),
                        true,
                        60,
                        TripletStrategy.SEMI_HARD,
                        AugmentationSettings.none(),
                        0.75));
    }

    @Test
    void cosineAdamWAndFrozenCopiesArriveToo() {
        PhaseSettings phase = phases(Map.of(
                        "train.phases", "pretrain",
                        "train.architecture", "small-cnn",
                        "pretrain.optimizer", "adamw",
                        "pretrain.weight.decay", "0.05",
                        "pretrain.learning.rate", "0.001",
                        "pretrain.learning.rate.warmup.epochs", "2.5",
                        "pretrain.epochs", "10",
                        "pretrain.frozen.copies", "6",
                        "pretrain.trainable", "fc"))
                .get(0);

        assertThat(phase.rate()).isEqualTo(new LearningRate.Cosine(0.001, 2.5, 10));
        assertThat(phase.rule()).isEqualTo(new AdamW(0.05f));
        assertThat(phase.frozenCopies()).isEqualTo(6);
    }

    @Test
    void phasesRunInTheRecipesOrderHoweverTheyAreListed() {
        assertThat(phases(Map.of("train.phases", "classify," + TrainKeys.FINE_TUNE + ",contrast")))
                .extracting(PhaseSettings::name)
                .containsExactly(TrainKeys.FINE_TUNE, "contrast", "classify");
    }

    @Test
    void emptyTrainableLetsAllStagesLearn() {
        assertThat(phases(Map.of("train.phases", TrainKeys.FINE_TUNE, TrainKeys.FINE_TUNE + ".trainable", ""))
                        .get(0)
                        .trainable())
                .isEmpty();
    }

    @Test
    void settingsThatDoNotGoTogetherAreRefusedNamingPhaseAndSetting() {
        assertRefused(
                Map.of(TrainKeys.FINE_TUNE + ".trainable", "features.denseblok4"),
                TrainKeys.FINE_TUNE,
                "trainable",
                "features.denseblock4");
        assertRefused(Map.of("train.architecture", "resnet18"), TrainKeys.FINE_TUNE, "trainable", "layer4");
        assertRefused(Map.of("contrast.augmentation", "tiny"), "contrast.augmentation", "tiny");
        assertRefused(Map.of("contrast.mixup", "0.2"), "contrast", "mixup");
        assertRefused(
                Map.of(TrainKeys.FINE_TUNE + ".mixup", "0.2", TrainKeys.FINE_TUNE + ".frozen.copies", "3"),
                TrainKeys.FINE_TUNE,
                "mixup");
        assertRefused(
                Map.of(
                        TrainKeys.FINE_TUNE + ".learning.rate.schedule", "cosine",
                        TrainKeys.FINE_TUNE + ".learning.rate.warmup.epochs", "9",
                        TrainKeys.FINE_TUNE + ".epochs", "9"),
                TrainKeys.FINE_TUNE + ".learning.rate.warmup.epochs",
                "9");
    }

    private static void assertRefused(Map<String, String> given, String... parts) {
        assertThatIllegalArgumentException().isThrownBy(() -> phases(given)).withMessageContainingAll(parts);
    }

    private static List<PhaseSettings> phases(Map<String, String> given) {
        return new Recipe(ServiceConfig.of("train", TrainKeys.addTo(new ConfigDef()), given)).phases();
    }
}
