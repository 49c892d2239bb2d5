package org.ctstream.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class AucTest {

    /** Probabilities in steps of a tenth, so that most lists have ties. */
    @Provide
    Arbitrary<Scores> scores() {
        Arbitrary<Image> image = Combinators.combine(Arbitraries.integers().between(0, 10), Arbitraries.of(true, false))
                .as((tenths, positive) -> new Image(tenths / 10.0, positive));
        return image.list()
                .ofMinSize(1)
                .ofMaxSize(40)
                .map(images -> Scores.of(
                        images.stream().map(Image::probability).toList(),
                        images.stream().map(Image::positive).toList()));
    }

    @Property
    void areaIsTheShareOfPairsInOrder(@ForAll("scores") Scores scores) {
        double inOrder = 0;
        int pairs = 0;
        for (int i = 0; i < scores.size(); i++) {
            for (int j = 0; j < scores.size(); j++) {
                if (scores.isPositive(i) && !scores.isPositive(j)) {
                    pairs++;
                    inOrder += scores.probability(i) > scores.probability(j)
                            ? 1
                            : scores.probability(i) == scores.probability(j) ? 0.5 : 0;
                }
            }
        }

        if (pairs == 0) {
            assertThat(Auc.of(scores)).isNaN();
        } else {
            assertThat(Auc.of(scores)).isEqualTo(inOrder / pairs, within(1e-12));
        }
    }

    @Property
    void intervalHoldsTheAreaAndStaysBetweenNoneAndOne(@ForAll("scores") Scores scores) {
        Estimate auc = Auc.estimate(scores);

        if (auc.isDefined()) {
            assertThat(List.of(0.0, auc.low(), auc.value(), auc.high(), 1.0)).isSorted();
            assertThat(auc.high() - auc.low()).isPositive();
        }
    }

    @Property
    void areaUnderTheDrawnCurveIsTheSame(@ForAll("scores") Scores scores) {
        double area = Auc.of(scores);
        if (Double.isNaN(area)) {
            return;
        }
        List<RocCurve.Point> points = RocCurve.of(scores).points();
        double sum = 0;
        for (int i = 1; i < points.size(); i++) {
            RocCurve.Point before = points.get(i - 1);
            RocCurve.Point after = points.get(i);
            sum += (after.falsePositiveRate() - before.falsePositiveRate())
                    * (after.truePositiveRate() + before.truePositiveRate())
                    / 2;
        }

        assertThat(sum).isEqualTo(area, within(1e-12));
    }

    @Test
    void intervalIsDeLongs() {
        // Variance 0.010605555555555556, computed pair by pair from the definition with numpy.
        Estimate auc = Auc.estimate(TwentyImages.SCORES);

        assertThat(auc.low()).isEqualTo(0.59315648403466, within(1e-12));
        assertThat(auc.high()).isEqualTo(0.99684351596534, within(1e-12));
    }

    @Test
    void perfectOrderIsNotTakenForCertainty() {
        double[] probabilities = new double[18];
        boolean[] positives = new boolean[18];
        for (int i = 0; i < 18; i++) {
            probabilities[i] = i / 20.0;
            positives[i] = i >= 8;
        }

        Estimate auc = Auc.estimate(new Scores(probabilities, positives));

        // Roots of Newcombe's equation found with scipy's brentq for 10 positives and 8 negatives.
        assertThat(auc).isEqualTo(new Estimate(1, auc.low(), 1));
        assertThat(auc.low()).isEqualTo(0.7776377854254034, within(1e-9));
    }

    @Test
    void equalScoresSayNothing() {
        boolean[] positives = {true, false, true, false, true, false, true, false, true, false, true, false};
        double[] probabilities = new double[12];

        Estimate auc = Auc.estimate(new Scores(probabilities, positives));

        assertThat(auc.value()).isEqualTo(0.5);
        assertThat(auc.low()).isEqualTo(0.2241614680376267, within(1e-9));
        assertThat(auc.high()).isEqualTo(0.7758385319623733, within(1e-9));
    }

    private record Image(double probability, boolean positive) {}
}
