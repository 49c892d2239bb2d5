package org.ctstream.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.ctstream.service.config.ConfigProblemsException;
import org.ctstream.service.config.ServiceConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The defaults are the numbers of the published recipe. */
class TrainKeysTest {
    private final ServiceConfig config = config(Map.of());

    @Test
    void threePhasesOfDenseNet169AreTheDefault() {
        assertThat(config.list("train.phases")).containsExactly(TrainKeys.FINE_TUNE, "contrast", "classify");
        assertThat(config.string("train.architecture")).isEqualTo("densenet169");
        assertThat(config.string("train.standardisation")).isEqualTo("dataset");
        assertThat(config.decimal("train.dropout")).isZero();
        assertThat(config.string("train.initial.weights")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        TrainKeys.FINE_TUNE
                + ", 3000, 128, 0.007, features.denseblock3 features.transition3 features.denseblock4 features.norm5 classifier",
        "contrast, 300, 64, 0.0005, features.denseblock4 features.norm5 head",
        "classify, 220, 64, 0.0003, head classifier"
    })
    void phaseHasTheRecipesNumbers(String phase, int epochs, int batch, double rate, String trainable) {
        assertThat(config.integer(phase + ".epochs")).isEqualTo(epochs);
        assertThat(config.integer(phase + ".batch.size")).isEqualTo(batch);
        assertThat(config.decimal(phase + ".learning.rate")).isEqualTo(rate);
        assertThat(config.string(phase + ".optimizer")).isEqualTo("sgd");
        assertThat(config.list(phase + ".trainable")).containsExactly(trainable.split(" "));
        assertThat(config.integer(phase + ".side")).isEqualTo(224);
        assertThat(config.string(phase + ".augmentation")).isEqualTo("standard");
        assertThat(config.string(phase + ".learning.rate.schedule")).isEqualTo("step");
        assertThat(config.decimal(phase + ".learning.rate.step.factor")).isEqualTo(0.5);
        assertThat(config.integer(phase + ".learning.rate.step.epochs")).isEqualTo(400);
        assertThat(config.integer(phase + ".frozen.copies")).isZero();
        assertThat(config.integer(phase + ".patience.epochs")).isZero();
        assertThat(config.decimal(phase + ".mixup")).isZero();
        assertThat(config.decimal(phase + ".label.smoothing")).isZero();
        assertThat(config.decimal(phase + ".weight.average")).isZero();
    }

    @Test
    void tripletsAreRandomWithAMarginOfOneHalf() {
        assertThat(config.decimal("contrast.margin")).isEqualTo(0.5);
        assertThat(config.string("contrast.triplets")).isEqualTo("random");
        assertThat(config.string("contrast.strong.augmentation")).isEqualTo("strong");
    }

    @Test
    void everyKeyIsDocumented() {
        ConfigDef def = TrainKeys.addTo(new ConfigDef());

        assertThat(def.configKeys().values())
                .hasSizeGreaterThan(60)
                .allSatisfy(key -> assertThat(key.documentation).as(key.name).endsWith("."));
    }

    @Test
    void valuesThatAreNoneOfTheirKeysAreRefusedNamingTheKeys() {
        Map<String, String> given = Map.of(
                "train.phases",
                TrainKeys.FINE_TUNE + ",polish",
                "train.architecture",
                "densenet168",
                TrainKeys.FINE_TUNE + ".optimizer",
                "adam",
                "contrast.triplets",
                "hard",
                "classify.epochs",
                "0",
                TrainKeys.FINE_TUNE + ".epoch",
                "3");

        assertThatExceptionOfType(ConfigProblemsException.class)
                .isThrownBy(() -> config(given))
                .satisfies(e -> assertThat(e.getMessage())
                        .contains(List.of(
                                "train.phases",
                                "polish",
                                "train.architecture",
                                TrainKeys.FINE_TUNE + ".optimizer",
                                "contrast.triplets",
                                "classify.epochs",
                                "did you mean " + TrainKeys.FINE_TUNE + ".epochs")));
    }

    private static ServiceConfig config(Map<String, String> given) {
        return ServiceConfig.of("train", TrainKeys.addTo(new ConfigDef()), given);
    }
}
