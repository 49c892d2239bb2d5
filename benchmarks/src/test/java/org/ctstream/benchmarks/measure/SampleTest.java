package org.ctstream.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void medianIsTheMiddleValueOrTheMeanOfTheTwoInTheMiddle() {
        assertThat(Sample.of(9, 1, 5).median()).isEqualTo(5);
        assertThat(Sample.of(9, 1, 5, 7).median()).isEqualTo(6);
        assertThat(Sample.of(4).median()).isEqualTo(4);
    }

    @Test
    void percentileIsAlwaysAValueThatWasMeasured() {
        Sample hundred = Sample.of(
                DoubleStream.iterate(100, value -> value - 1).limit(100).toArray());

        assertThat(hundred.percentile(50)).isEqualTo(50);
        assertThat(hundred.percentile(99)).isEqualTo(99);
        assertThat(hundred.percentile(100)).isEqualTo(100);
        assertThat(Sample.of(3, 8).percentile(50)).isEqualTo(3);
        assertThat(Sample.of(3, 8).percentile(51)).isEqualTo(8);
    }

    @Test
    void percentileOfZeroOrMoreThanAHundredIsRefused() {
        assertThatThrownBy(() -> Sample.of(1).percentile(0)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> Sample.of(1).percentile(100.5)).hasMessageContaining("at most 100");
    }

    @Test
    void ratioIsTakenRepetitionByRepetition() {
        Sample slowSpell = Sample.of(10, 40, 12);
        Sample baseline = Sample.of(5, 20, 6);

        assertThat(slowSpell.over(baseline).values()).containsExactly(2.0, 2.0, 2.0);
    }

    @Test
    void ratioOfDifferentNumbersOfRepetitionsIsRefused() {
        assertThatThrownBy(() -> Sample.of(1, 2).over(Sample.of(1))).hasMessageContaining("2 over 1");
    }

    @Test
    void valuesStayInTheOrderOfTheRepetitions() {
        assertThat(Sample.of(List.of(3.0, 1.0, 2.0)).values()).containsExactly(3.0, 1.0, 2.0);
        assertThat(Sample.of(2, 4).inverse().times(4).values()).containsExactly(2.0, 1.0);
    }

    @Test
    void emptySampleAndValuesThatAreNoNumbersAreRefused() {
        assertThatThrownBy(Sample::of).hasMessageContaining("at least one");
        assertThatThrownBy(() -> Sample.of(1, Double.NaN)).hasMessageContaining("NaN");
    }
}
