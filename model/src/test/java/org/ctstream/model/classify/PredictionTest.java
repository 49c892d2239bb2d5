package org.ctstream.model.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictionTest {
    @Test
    void probabilityIsTheSoftmaxOfTheLogits() {
        double expected = Math.exp(0.75) / (Math.exp(0.75) + Math.exp(-0.5));

        assertThat(Prediction.ofLogits(-0.5f, 0.75f).probability().orElseThrow())
                .isCloseTo(expected, within(1e-15));
    }

    @Test
    void equalLogitsAreUndecided() {
        assertThat(Prediction.ofLogits(3, 3)).isEqualTo(new Prediction.Scored(0.5));
    }

    @ParameterizedTest
    @CsvSource({"3e38, -3e38, 0", "-3e38, 3e38, 1"})
    void extremeLogitsSaturateWithoutOverflow(float negative, float positive, double probability) {
        assertThat(Prediction.ofLogits(negative, positive).probability()).hasValue(probability);
    }

    @ParameterizedTest
    @CsvSource({"NaN, 0", "0, NaN", "Infinity, 0", "0, -Infinity"})
    void logitsThatAreNotFiniteGiveNoProbability(float negative, float positive) {
        Prediction prediction = Prediction.ofLogits(negative, positive);

        assertThat(prediction).isEqualTo(new Prediction.NotFinite(negative, positive));
        assertThat(prediction.probability()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-0.001", "1.001", "NaN"})
    void valueThatIsNoProbabilityIsRefused(double value) {
        assertThatThrownBy(() -> new Prediction.Scored(value)).isInstanceOf(IllegalArgumentException.class);
    }
}
