package org.ctstream.model.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeatmapTest {
    @Test
    void evidenceAgainstIsCutOffAndTheRestIsRelativeToTheLargest() {
        float[] evidence = {9, -1, 2, 0, 4};

        assertThat(Heatmap.ofEvidence(2, 2, evidence, 1)).isEqualTo(new Heatmap(2, 2, List.of(0f, 0.5f, 0f, 1f)));
    }

    @Test
    void nothingForTheClassIsAnEmptyMap() {
        assertThat(Heatmap.ofEvidence(1, 2, new float[] {-3, Float.NaN}, 0).values())
                .containsExactly(0f, 0f);
    }

    @Test
    void infiniteEvidenceStaysWithinTheRange() {
        assertThat(Heatmap.ofEvidence(1, 2, new float[] {Float.POSITIVE_INFINITY, 1}, 0)
                        .values())
                .allMatch(value -> value >= 0 && value <= 1);
    }

    @Test
    void valuesThatAreNoMapOfThatSizeAreRefused() {
        assertThatThrownBy(() -> new Heatmap(7, 7, List.of(1f)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("7 x 7");
    }

    @Test
    void eachSliceGetsItsOwnMap() {
        List<Prediction> predictions = Predictions.of(new float[] {0, 0, 5, 5}, new float[] {1, 2, 4, -1}, 1, 2);

        assertThat(predictions.get(0).heatmap()).contains(new Heatmap(1, 2, List.of(0.5f, 1f)));
        assertThat(predictions.get(1).heatmap()).contains(new Heatmap(1, 2, List.of(1f, 0f)));
        assertThat(Predictions.of(new float[] {1, 2}, null, 0, 0).get(0).heatmap())
                .isEmpty();
    }

    @Test
    void outputThatIsNoNumberHasNoMap() {
        assertThat(Predictions.of(new float[] {Float.NaN, 0}, new float[] {1}, 1, 1)
                        .get(0)
                        .heatmap())
                .isEmpty();
    }
}
