package org.ctstream.cli.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.trainer.evaluate.Scores;
import org.junit.jupiter.api.Test;

class AccuracyGateTest {
    private static final List<Boolean> LABELS = List.of(false, false, true, true);
    private static final List<Double> RIGHT = List.of(0.1, 0.2, 0.8, 0.9);
    /** One of the four pairs of a negative and a positive is in the wrong order: AUC 0.75. */
    private static final List<Double> ONE_WRONG = List.of(0.1, 0.6, 0.55, 0.9);

    @Test
    void smallEnoughDropPasses() {
        assertThat(new AccuracyGate(0.25).refusal(comparison(RIGHT, ONE_WRONG, LABELS)))
                .isEmpty();
        assertThat(new AccuracyGate(0).refusal(comparison(RIGHT, RIGHT, LABELS)))
                .isEmpty();
        assertThat(new AccuracyGate(0).refusal(comparison(ONE_WRONG, RIGHT, LABELS)))
                .isEmpty();
    }

    @Test
    void largerDropIsRefusedWithBothFigures() {
        assertThat(new AccuracyGate(0.2).refusal(comparison(RIGHT, ONE_WRONG, LABELS)))
                .hasValueSatisfying(reason ->
                        assertThat(reason).contains("0.7500", "1.0000", "0.2500", "0.2 is allowed", "4 validation"));
    }

    @Test
    void imagesOfOneClassDecideNothing() {
        List<Boolean> onlyPositive = List.of(true, true, true, true);

        assertThat(new AccuracyGate(1).refusal(comparison(RIGHT, RIGHT, onlyPositive)))
                .hasValueSatisfying(reason -> assertThat(reason).contains("one class"));
    }

    @Test
    void limitIsAShareOfTheWholeArea() {
        assertThatThrownBy(() -> new AccuracyGate(-0.1)).hasMessageContaining("--max-auc-drop -0.1");
        assertThatThrownBy(() -> new AccuracyGate(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void flipsAndDifferencesAreCountedImageByImage() {
        Comparison comparison = comparison(RIGHT, ONE_WRONG, LABELS);

        assertThat(comparison.flips()).isEqualTo(1);
        assertThat(comparison.largestDifference()).isEqualTo(0.4, within(1e-12));
        assertThat(comparison.meanDifference()).isEqualTo(0.65 / 4, within(1e-12));
        assertThat(comparison.speedRatio()).isEqualTo(2);
        assertThat(ComparisonTable.summary(comparison))
                .contains("AUC drop 0.2500", "1 of 4 images", "2.00 times as fast");
    }

    private static Comparison comparison(List<Double> original, List<Double> quantized, List<Boolean> labels) {
        return new Comparison(
                Scores.of(original, labels),
                Scores.of(quantized, labels),
                0.5,
                new EngineDescription("test", Device.CPU, "1", 1),
                10,
                5);
    }
}
