package org.ctstream.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ThresholdsTest {

    @Test
    void youdenTakesTheHighestPointOverChance() {
        // scikit-learn's curve has the largest difference of rates, 0.5, at 0.47 (0.8 - 0.3) and at 0.38 (0.9 - 0.4).
        assertThat(Thresholds.youden(TwentyImages.SCORES)).isEqualTo((0.41 + 0.47) / 2, within(1e-12));
    }

    @Test
    void sensitivityAskedForIsReachedAtTheHighestSpecificity() {
        double threshold = Thresholds.sensitivityAtLeast(TwentyImages.SCORES, 0.95);

        Confusion confusion = Confusion.of(TwentyImages.SCORES, threshold);
        assertThat(threshold).isEqualTo((0.19 + 0.21) / 2, within(1e-12));
        assertThat(confusion.sensitivity().value()).isEqualTo(1);
        assertThat(confusion.specificity().value()).isEqualTo(0.4, within(1e-12));
    }

    @Property
    void noOtherThresholdIsMoreAccurate(
            @ForAll @Size(max = 12) List<@IntRange(max = 20) Integer> positives,
            @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 20) Integer> negatives) {
        Scores scores = scores(twentieths(positives), twentieths(negatives));
        double chosen =
                Confusion.of(scores, Thresholds.accuracy(scores)).accuracy().value();

        double best = DoubleStream.concat(DoubleStream.of(0, 1), DoubleStream.of(scores.probabilities()))
                .map(threshold -> Confusion.of(scores, threshold).accuracy().value())
                .max()
                .orElseThrow();

        assertThat(chosen).isGreaterThanOrEqualTo(best);
    }

    @Test
    void equalScoresStillHaveAThreshold() {
        Scores scores = scores(new double[] {0.7, 0.7}, new double[] {0.7});

        assertThat(Confusion.of(scores, Thresholds.accuracy(scores))).isEqualTo(new Confusion(2, 1, 0, 0));
    }

    @Test
    void imageOfProbabilityZeroCanBeCalledPositive() {
        Scores scores = scores(new double[] {0, 0.5}, new double[] {0.25});

        assertThat(Thresholds.sensitivityAtLeast(scores, 1)).isZero();
    }

    @Test
    void neighbouringNumbersAreSeparated() {
        Scores scores = scores(new double[] {0.5}, new double[] {Math.nextDown(0.5)});

        assertThat(Confusion.of(scores, Thresholds.youden(scores))).isEqualTo(new Confusion(1, 0, 1, 0));
    }

    @Test
    void youdenNeedsBothClasses() {
        assertThatThrownBy(() -> Thresholds.youden(scores(new double[] {0.7}, new double[0])))
                .isInstanceOf(ScoresException.class)
                .hasMessageContaining("1 positive and 0 negative images");
        assertThatThrownBy(() -> Thresholds.sensitivityAtLeast(scores(new double[0], new double[] {0.7}), 0.9))
                .isInstanceOf(ScoresException.class)
                .hasMessageContaining("none is positive");
    }

    private static double[] twentieths(List<Integer> numbers) {
        return numbers.stream().mapToDouble(number -> number / 20.0).toArray();
    }

    private static Scores scores(double[] positives, double[] negatives) {
        boolean[] labels = new boolean[positives.length + negatives.length];
        Arrays.fill(labels, 0, positives.length, true);
        return new Scores(
                DoubleStream.concat(DoubleStream.of(positives), DoubleStream.of(negatives))
                        .toArray(),
                labels);
    }
}
