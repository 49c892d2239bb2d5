package org.ctstream.sink.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.ctstream.sink.drift.Comparison.State;
import org.junit.jupiter.api.Test;

/** Against values worked out by hand, and what is known of the index by theory. */
class ComparisonTest {
    @Test
    void indexIsThatOfTheTextbook() {
        // (100, 100) against (150, 50), half a count added to each: shares 0.5 and 0.5 against 150.5/201 and 50.5/201.
        // (0.748756 - 0.5) ln(0.748756 / 0.5) + (0.251244 - 0.5) ln(0.251244 / 0.5) = 0.100449 + 0.171190.
        assertThat(Comparison.psi(new double[] {100, 100}, new double[] {150, 50}))
                .isCloseTo(0.27164, within(1e-5));
        assertThat(Comparison.psi(new double[] {30, 70}, new double[] {30, 70})).isZero();
    }

    @Test
    void indexDoesNotDependOnWhichIsTheReference() {
        double[] one = {10, 40, 50};
        double[] other = {30, 30, 40};

        assertThat(Comparison.psi(one, other)).isCloseTo(Comparison.psi(other, one), within(1e-12));
    }

    @Test
    void chanceBoundIsTheQuantileOfChiSquared() {
        // Tables: 3.841 for 1 degree of freedom, 16.919 for 9.
        assertThat(Comparison.chiSquared95(1)).isCloseTo(3.841, within(0.1));
        assertThat(Comparison.chiSquared95(9)).isCloseTo(16.919, within(0.02));
        assertThat(Comparison.chiSquared95(0)).isZero();
    }

    @Test
    void distanceIsTheLargestDifferenceOfCumulativeShares() {
        // All below 0.05 against half below 0.05 and half at 1.
        var comparison = Comparison.of(bins(0, 100, 19, 0), bins(0, 50, 19, 50));

        assertThat(comparison.ks()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void probabilityOfOneFallsIntoTheLastBin() {
        Bins bins = Bins.ofProbabilities(new double[] {0, 0.0499, 0.05, 0.999, 1});

        assertThat(bins.counts().get(0)).isEqualTo(2);
        assertThat(bins.counts().get(1)).isEqualTo(1);
        assertThat(bins.counts().get(19)).isEqualTo(2);
        assertThat(bins.total()).isEqualTo(5);
    }

    @Test
    void samplesOfOneDistributionAreSteadyAndOfAnotherAreNot() {
        var random = new Random(11);
        Bins reference = Bins.ofProbabilities(draw(random, 425, 1));

        long steady = IntStream.range(0, 200)
                .filter(i -> Comparison.of(reference, Bins.ofProbabilities(draw(random, 150, 1)))
                                .state()
                        == State.STEADY)
                .count();

        assertThat(steady).as("of 200, about 190 by the bound").isGreaterThan(175);
        assertThat(Comparison.of(reference, Bins.ofProbabilities(draw(random, 150, 4)))
                        .state())
                .isEqualTo(State.SHIFTED);
    }

    @Test
    void whatTheReferenceNeverSawIsSeenOnEitherSideOfIt() {
        for (int bin : new int[] {0, 3, 19}) {
            for (int elsewhere : new int[] {0, 12, 19}) {
                Comparison comparison = Comparison.of(bins(bin, 500), bins(elsewhere, 500));

                assertThat(comparison.state())
                        .as("%d to %d", bin, elsewhere)
                        .isEqualTo(bin == elsewhere ? State.STEADY : State.SHIFTED);
                assertThat(comparison.ks()).isCloseTo(bin == elsewhere ? 0 : 1, within(1e-12));
            }
        }
    }

    @Test
    void nothingIsNotComparedWithAnything() {
        assertThatThrownBy(() -> Comparison.of(bins(0, 5), bins(0, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 now");
    }

    /** Probabilities whose density falls towards 1 with the power. */
    private static double[] draw(Random random, int count, double power) {
        return random.doubles(count).map(value -> Math.pow(value, power)).toArray();
    }

    private static Bins bins(int... binsAndCounts) {
        Long[] counts = new Long[Bins.COUNT];
        Arrays.fill(counts, 0L);
        for (int i = 0; i < binsAndCounts.length; i += 2) {
            counts[binsAndCounts[i]] = (long) binsAndCounts[i + 1];
        }
        return new Bins(Arrays.asList(counts));
    }
}
