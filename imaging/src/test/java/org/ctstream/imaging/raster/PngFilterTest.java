package org.ctstream.imaging.raster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;

class PngFilterTest {

    @Test
    void nearestOfThreeIsTheStandardsForAllValuesThereAre() {
        int wrong = 0;
        for (int left = 0; left < 256; left++) {
            for (int upper = 0; upper < 256; upper++) {
                for (int upperLeft = 0; upperLeft < 256; upperLeft++) {
                    if (PngFilter.predictor(left, upper, upperLeft) != standard(left, upper, upperLeft)) {
                        wrong++;
                    }
                }
            }
        }

        assertThat(wrong).isZero();
    }

    @Test
    void averageAndSumsWrapAroundAsUnsignedBytes() throws Exception {
        byte[] rows = {(byte) 255, (byte) 254, 0, 10, 10, 0};

        PngFilter.undo(3, rows, 3, 2, 1, 3);

        // 10 + (0 + 255) / 2, then 10 + (137 + 254) / 2.
        assertThat(rows).containsExactly((byte) 255, (byte) 254, 0, (byte) 137, (byte) 205, 0);
    }

    @Test
    void unknownFilterIsNoFilter() {
        assertThatThrownBy(() -> PngFilter.undo(5, new byte[8], 4, 4, 1, 4))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("5");
    }

    /** Word for word as in 9.4 of the PNG specification. */
    private static int standard(int a, int b, int c) {
        int p = a + b - c;
        int pa = Math.abs(p - a);
        int pb = Math.abs(p - b);
        int pc = Math.abs(p - c);
        if (pa <= pb && pa <= pc) {
            return a;
        }
        return pb <= pc ? b : c;
    }
}
