package org.ctstream.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.ctstream.imaging.slice.GreySlice;
import org.junit.jupiter.api.Test;

class FlipTest {
    private static final GreySlice SLICE = new GreySlice(2, 3, new byte[] {1, 2, 3, 4, 5, 6});

    @Test
    void everyFlipMirrorsItsOwnAxes() {
        assertThat(Flip.NONE.of(SLICE)).isEqualTo(SLICE);
        assertThat(Flip.HORIZONTAL.of(SLICE).pixels()).containsExactly(3, 2, 1, 6, 5, 4);
        assertThat(Flip.VERTICAL.of(SLICE).pixels()).containsExactly(4, 5, 6, 1, 2, 3);
        assertThat(Flip.BOTH.of(SLICE).pixels()).containsExactly(6, 5, 4, 3, 2, 1);
    }
}
