package org.ctstream.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    private static final Offset<Double> EXACT = within(1e-12);

    @Test
    void metricsAreThoseOfScikitLearn() {
        Evaluation evaluation = Evaluation.of(TwentyImages.SCORES, 0.5);

        assertThat(evaluation.confusion()).isEqualTo(new Confusion(7, 3, 7, 3));
        assertThat(evaluation.accuracy().value()).isEqualTo(0.7, EXACT);
        assertThat(evaluation.f1()).isEqualTo(0.7, EXACT);
        assertThat(evaluation.auc()).isEqualTo(0.795, EXACT);
        assertThat(evaluation.aucByHardLabels()).isEqualTo(0.7, EXACT);
        assertThat(evaluation.brier()).isEqualTo(0.186675, EXACT);
        assertThat(evaluation.ece()).isEqualTo(0.1505, EXACT);
    }

    @Test
    void unevenConfusionGivesEachMetricItsOwnValue() {
        // scikit-learn on 4 true positives, 1 false positive, 2 true negatives, 3 false negatives.
        Confusion confusion = new Confusion(4, 1, 2, 3);

        assertThat(confusion.accuracy().value()).isEqualTo(0.6, EXACT);
        assertThat(confusion.sensitivity().value()).isEqualTo(0.5714285714285714, EXACT);
        assertThat(confusion.specificity().value()).isEqualTo(0.6666666666666666, EXACT);
        assertThat(confusion.f1()).isEqualTo(0.6666666666666666, EXACT);
        assertThat(confusion.aucByHardLabels()).isEqualTo(0.6190476190476191, EXACT);
    }

    @Test
    void wilsonIntervalsAreThoseOfScipy() {
        assertInterval(Estimate.ofProportion(8, 11), 0.4343546988238708, 0.9025394070997511);
        assertInterval(Estimate.ofProportion(95, 98), 0.9138297983152016, 0.9895351089175063);
        assertInterval(Estimate.ofProportion(0, 5), 0, 0.43448246478317476);
        assertInterval(Estimate.ofProportion(5, 5), 0.5655175352168251, 1);
        assertInterval(Evaluation.of(TwentyImages.SCORES, 0.5).accuracy(), 0.4810271816464766, 0.8545227551323957);
    }

    @Test
    void probabilityEqualToTheThresholdIsPositive() {
        Scores scores = new Scores(new double[] {0.5, Math.nextDown(0.5)}, new boolean[] {true, false});

        assertThat(Evaluation.of(scores, 0.5).confusion()).isEqualTo(new Confusion(1, 0, 1, 0));
    }

    @Test
    void withoutPositivesOnlyWhatNeedsThemIsUndefined() {
        Evaluation evaluation = Evaluation.of(new Scores(new double[] {0.1, 0.8, 0.2}, new boolean[3]), 0.5);

        assertThat(evaluation.auc()).isNaN();
        assertThat(evaluation.sensitivity()).isEqualTo(Estimate.UNDEFINED);
        assertThat(evaluation.aucByHardLabels()).isNaN();
        assertThat(evaluation.specificity().value()).isEqualTo(2.0 / 3, EXACT);
        assertThat(evaluation.accuracy().value()).isEqualTo(2.0 / 3, EXACT);
        assertThat(evaluation.f1()).isZero();
        assertThat(evaluation.brier()).isEqualTo(0.23, EXACT);
    }

    @Test
    void oneImageRightlyCalledNegativeLeavesF1Undefined() {
        Evaluation evaluation = Evaluation.of(new Scores(new double[] {0.25}, new boolean[] {false}), 0.5);

        assertThat(evaluation.f1()).isNaN();
        assertThat(evaluation.accuracy().value()).isEqualTo(1);
        assertThat(evaluation.ece()).isEqualTo(0.25, EXACT);
    }

    @Test
    void probabilityOneBelongsToTheLastBin() {
        Calibration calibration = Calibration.of(new Scores(new double[] {1, 0.9}, new boolean[] {true, false}));

        assertThat(calibration.bins().get(Calibration.BINS - 1)).isEqualTo(new Calibration.Bin(2, 1, 0.95));
    }

    @Test
    void scoresRefuseWhatIsNoProbability() {
        assertThatThrownBy(() -> new Scores(new double[] {0.5, Double.NaN}, new boolean[2]))
                .isInstanceOf(ScoresException.class)
                .hasMessageContaining("image 1 of 2 is NaN (expected: 0 to 1)");
        assertThatThrownBy(() -> new Scores(new double[] {1.5}, new boolean[1]))
                .isInstanceOf(ScoresException.class)
                .hasMessageContaining("1.5");
        assertThatThrownBy(() -> new Scores(new double[0], new boolean[0]))
                .isInstanceOf(ScoresException.class)
                .hasMessageContaining("no images");
        assertThatThrownBy(() -> new Scores(new double[2], new boolean[1]))
                .isInstanceOf(ScoresException.class)
                .hasMessageContaining("2 probabilities and 1 labels");
    }

    @Test
    void thresholdThatIsNotANumberIsRefused() {
        assertThatThrownBy(() -> Evaluation.of(TwentyImages.SCORES, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 0 to 1, found NaN");
    }

    private static void assertInterval(Estimate estimate, double low, double high) {
        assertThat(estimate.low()).isEqualTo(low, within(1e-9));
        assertThat(estimate.high()).isEqualTo(high, within(1e-9));
    }
}
