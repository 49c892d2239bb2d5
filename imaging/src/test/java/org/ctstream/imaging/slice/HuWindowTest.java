package org.ctstream.imaging.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HuWindowTest {

    // By the formula of PS3.3 C.11.2.1.2.1: ((x - (c - 0.5)) / (w - 1) + 0.5) * 255, rounded half up.
    @ParameterizedTest(name = "{0} HU is {1}")
    @CsvSource({
        "-3000, 0",
        "-1350, 0",
        "-1349, 0",
        "-1346, 1",
        "-1000, 60",
        "-600, 128",
        "0, 230",
        "147, 255",
        "150, 255",
        "3000, 255"
    })
    void lungWindowFollowsTheStandardsFormula(double hu, int grey) {
        assertThat(HuWindow.LUNG.grey(hu)).isEqualTo(grey);
    }

    @Test
    void windowOfWidthOneIsAStep() {
        HuWindow step = new HuWindow(10, 1);

        assertThat(step.grey(9.5)).isZero();
        assertThat(step.grey(9.6)).isEqualTo(255);
    }

    @Test
    void widthBelowOneIsRejected() {
        assertThatThrownBy(() -> new HuWindow(0, 0.5)).hasMessageContaining("width 0.5");
        assertThatThrownBy(() -> new HuWindow(Double.NaN, 5)).hasMessageContaining("NaN");
    }
}
