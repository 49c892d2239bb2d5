package org.ctstream.imaging.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GreySliceTest {

    @Test
    void bytesAreReadAsUnsigned() {
        assertThat(new GreySlice(1, 2, new byte[] {(byte) 200, 1}).at(0, 0)).isEqualTo(200);
    }

    @Test
    void statisticsAreThoseOfTheDefinition() {
        SliceStatistics statistics = new GreySlice(2, 2, new byte[] {0, 10, 20, (byte) 250}).statistics();

        assertThat(statistics.mean()).isEqualTo(70);
        assertThat(statistics.standardDeviation()).isCloseTo(104.1633, within(1e-4));
        assertThat(statistics.min()).isZero();
        assertThat(statistics.max()).isEqualTo(250);
    }

    @Test
    void geometryThatDoesNotFitThePixelsIsRejectedWithAllNumbers() {
        assertThatThrownBy(() -> new GreySlice(3, 5, new byte[14]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("height 3, width 5, 14 pixels");
        assertThatThrownBy(() -> new GreySlice(65_536, 65_536, new byte[0])).hasMessageContaining("65536");
    }

    @Test
    void equalPixelsMakeEqualSlices() {
        assertThat(new GreySlice(1, 2, new byte[] {1, 2}))
                .isEqualTo(new GreySlice(1, 2, new byte[] {1, 2}))
                .hasSameHashCodeAs(new GreySlice(1, 2, new byte[] {1, 2}))
                .isNotEqualTo(new GreySlice(2, 1, new byte[] {1, 2}))
                .isNotEqualTo(new GreySlice(1, 2, new byte[] {1, 3}));
    }

    @Test
    void textShowsNoPixels() {
        assertThat(new GreySlice(1, 2, new byte[] {11, 22})).hasToString("GreySlice[height=1, width=2]");
    }
}
