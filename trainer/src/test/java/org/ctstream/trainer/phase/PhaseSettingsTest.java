package org.ctstream.trainer.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PhaseSettingsTest {
    @Test
    void unknownStageIsRefusedNamingThePhaseTheSettingAndTheStages() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SmallPhase.classification()
                        .name("fine-tune")
                        .architecture("densenet121")
                        .trainable("features.denseblok4", "classifier")
                        .build())
                .withMessageContainingAll(
                        "fine-tune", "trainable", "features.denseblok4", "features.denseblock4", "features.norm5");
    }

    @Test
    void unknownArchitectureIsRefusedNamingTheNearest() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SmallPhase.classification().architecture("densenet168").build())
                .withMessageContaining("densenet169");
    }

    @Test
    void mixupIsRefusedWhereTripletsAreComparedOrOutputsKept() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SmallPhase.contrastive().mixup(0.2).build())
                .withMessageContaining("mixup");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SmallPhase.classification().mixup(0.2).frozenCopies(2).build())
                .withMessageContaining("mixup");
    }

    @Test
    void numbersBelowOneAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SmallPhase.classification().epochs(0).build())
                .withMessageContaining("epochs");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SmallPhase.classification().batches(0, 1).build())
                .withMessageContaining("batch.size");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SmallPhase.classification().batches(1, 0).build())
                .withMessageContaining("micro.batch.size");
    }

    @Test
    void equalSettingsHaveOneText() {
        assertThat(SmallPhase.classification().trainable("fc", "layer3").build().describe())
                .isEqualTo(SmallPhase.classification()
                        .trainable("layer3", "fc")
                        .build()
                        .describe())
                .isNotEqualTo(
                        SmallPhase.classification().trainable("fc").build().describe());
    }
}
