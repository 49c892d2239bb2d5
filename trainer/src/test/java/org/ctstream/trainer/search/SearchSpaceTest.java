package org.ctstream.trainer.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {
    private static final SearchSpace SPACE = new SearchSpace(
            1e-4,
            1e-1,
            List.of(32, 64, 128),
            List.of("weak", "standard", "strong"),
            List.of(List.of("head"), List.of()));

    @Test
    void trialIsTheSameWheneverItIsDrawn() {
        List<TrialSettings> forwards =
                IntStream.rangeClosed(1, 9).mapToObj(k -> SPACE.draw(42, k)).toList();

        assertThat(SPACE.draw(42, 9)).isEqualTo(forwards.get(8));
        assertThat(SPACE.draw(42, 1)).isEqualTo(forwards.get(0));
        assertThat(forwards).doesNotHaveDuplicates();
        assertThat(SPACE.draw(43, 1)).isNotEqualTo(forwards.get(0));
    }

    /** Pinned: a search that was begun with one version of the program goes on with the next. */
    @Test
    void drawsStayAsTheyAre() {
        assertThat(SPACE.draw(1, 1)).isEqualTo(new TrialSettings(1, 0.0447, 64, "weak", List.of("head")));
    }

    @Test
    void learningRatesAreUniformInTheirLogarithm() {
        List<Double> rates = IntStream.rangeClosed(1, 3_000)
                .mapToObj(k -> SPACE.draw(7, k).learningRate())
                .toList();

        assertThat(rates).allSatisfy(rate -> assertThat(rate).isBetween(1e-4, 1e-1));
        for (double decade : new double[] {1e-4, 1e-3, 1e-2}) {
            long inDecade = rates.stream()
                    .filter(rate -> rate >= decade && rate < decade * 10)
                    .count();
            // 1000 expected; the standard deviation is 26.
            assertThat(inDecade).isBetween(870L, 1_130L);
        }
    }

    @Test
    void everyChoiceIsDrawn() {
        List<TrialSettings> trials =
                IntStream.rangeClosed(1, 100).mapToObj(k -> SPACE.draw(7, k)).toList();

        assertThat(trials).extracting(TrialSettings::batchSize).contains(32, 64, 128);
        assertThat(trials).extracting(TrialSettings::augmentation).contains("weak", "standard", "strong");
        assertThat(trials).extracting(TrialSettings::trainableText).contains("head", "all");
    }

    @Test
    void keysAreThoseOfThePhase() {
        assertThat(new TrialSettings(3, 0.02, 64, "weak", List.of("layer4", "fc")).keys("finetune"))
                .containsEntry("finetune.learning.rate", "0.02")
                .containsEntry("finetune.batch.size", "64")
                .containsEntry("finetune.augmentation", "weak")
                .containsEntry("finetune.trainable", "layer4,fc")
                .hasSize(4);
    }

    @Test
    void spaceWithoutAChoiceIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SearchSpace(0, 1, List.of(1), List.of("weak"), List.of(List.of())))
                .withMessageContaining("learning rates");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SearchSpace(1, 1, List.of(), List.of("weak"), List.of(List.of())))
                .withMessageContaining("batch sizes");
    }
}
