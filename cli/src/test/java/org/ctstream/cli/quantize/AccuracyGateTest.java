package org.ctstream.cli.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.trainer.evaluate.Scores;
import org.junit.jupiter.api.Test;

class AccuracyGateTest {
    private static final List<Boolean> LABELS = tenTimes(List.of(false, false, true, true));
    private static final List<Double> RIGHT = tenTimes(List.of(0.1, 0.2, 0.8, 0.9));
    /** One in four pairs of a negative and a positive is in the wrong order: AUC 0.75. */
    private static final List<Double> ONE_WRONG = tenTimes(List.of(0.1, 0.6, 0.55, 0.9));

    @Test
    void smallEnoughDropPasses() {
        assertThat(new AccuracyGate(0.25, 1).refusal(comparison(RIGHT, ONE_WRONG, LABELS)))
                .isEmpty();
        assertThat(new AccuracyGate(0, 1).refusal(comparison(RIGHT, RIGHT, LABELS)))
                .isEmpty();
        assertThat(new AccuracyGate(0, 1).refusal(comparison(ONE_WRONG, RIGHT, LABELS)))
                .isEmpty();
    }

    @Test
    void largerDropIsRefusedWithBothFigures() {
        assertThat(new AccuracyGate(0.2, 1).refusal(comparison(RIGHT, ONE_WRONG, LABELS)))
                .hasValueSatisfying(reason ->
                        assertThat(reason).contains("0.7500", "1.0000", "0.2500", "0.2 is allowed", "40 validation"));
    }

    @Test
    void imagesOfOneClassDecideNothing() {
        List<Boolean> onlyPositive = Collections.nCopies(40, true);

        assertThat(new AccuracyGate(1, 1).refusal(comparison(RIGHT, RIGHT, onlyPositive)))
                .hasValueSatisfying(reason ->
                        assertThat(reason).contains("40 positive and 0 negative", "10 or more of each class"));
    }

    @Test
    void nineImagesOfAClassAreTooFew() {
        List<Boolean> nine = IntStream.range(0, 40).mapToObj(i -> i < 9).toList();

        assertThat(new AccuracyGate(1, 1).refusal(comparison(RIGHT, RIGHT, nine)))
                .hasValueSatisfying(reason -> assertThat(reason).contains("9 positive and 31 negative"));
    }

    @Test
    void moreImagesCalledOtherwiseThanAllowedAreRefusedThoughTheAucIsTheSame() {
        // The same order, so the same AUC, but a negative one in four is now above the threshold.
        List<Double> moved = tenTimes(List.of(0.1, 0.6, 0.8, 0.9));

        assertThat(new AccuracyGate(0, 0.05).refusal(comparison(RIGHT, moved, LABELS)))
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("10 of 40", "0.05 is allowed (--max-flips)", "0.5000"));
        assertThat(new AccuracyGate(0, 0.25).refusal(comparison(RIGHT, moved, LABELS)))
                .isEmpty();
    }

    @Test
    void limitIsAShareOfTheWholeArea() {
        assertThatThrownBy(() -> new AccuracyGate(-0.1, 1)).hasMessageContaining("--max-auc-drop -0.1");
        assertThatThrownBy(() -> new AccuracyGate(0, 1.1)).hasMessageContaining("--max-flips 1.1");
        assertThatThrownBy(() -> new AccuracyGate(Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void flipsAndDifferencesAreCountedImageByImage() {
        Comparison comparison = comparison(RIGHT, ONE_WRONG, LABELS);

        assertThat(comparison.flips()).isEqualTo(10);
        assertThat(comparison.largestDifference()).isEqualTo(0.4, within(1e-12));
        assertThat(comparison.meanDifference()).isEqualTo(0.65 / 4, within(1e-12));
        assertThat(comparison.speedRatio()).isEqualTo(2);
        assertThat(ComparisonTable.summary(comparison))
                .contains("AUC drop 0.2500", "10 of 40 images", "2.00 times as fast");
    }

    private static <T> List<T> tenTimes(List<T> values) {
        return Collections.nCopies(10, values).stream().flatMap(List::stream).toList();
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
