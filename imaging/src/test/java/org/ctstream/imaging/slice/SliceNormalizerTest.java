package org.ctstream.imaging.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SliceNormalizerTest {

    private final SliceNormalizer normalizer = new SliceNormalizer();

    @Property(tries = 60)
    void constantSliceStaysConstant(
            @ForAll @IntRange(min = 1, max = 700) int height,
            @ForAll @IntRange(min = 1, max = 700) int width,
            @ForAll @IntRange(max = 255) int value) {
        byte[] pixels = new byte[height * width];
        Arrays.fill(pixels, (byte) value);

        GreySlice normal = normalizer.normalize(new GreySlice(height, width, pixels));

        assertThat(normal.height()).isEqualTo(SliceNormalizer.SIDE);
        assertThat(normal.width()).isEqualTo(SliceNormalizer.SIDE);
        assertThat(normal.statistics()).isEqualTo(new SliceStatistics(value, 0, value, value));
    }

    @Property(tries = 40)
    void outputStaysWithinTheRangeOfTheInput(
            @ForAll @IntRange(min = 1, max = 400) int height,
            @ForAll @IntRange(min = 1, max = 400) int width,
            @ForAll long seed) {
        byte[] pixels = new byte[height * width];
        java.util.SplittableRandom random = new java.util.SplittableRandom(seed);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (60 + random.nextInt(100));
        }
        GreySlice slice = new GreySlice(height, width, pixels);

        SliceStatistics normal = normalizer.normalize(slice).statistics();

        assertThat(normal.min()).isGreaterThanOrEqualTo(slice.statistics().min());
        assertThat(normal.max()).isLessThanOrEqualTo(slice.statistics().max());
    }

    @Test
    void sliceOfTheNetworksSizeIsPassedOnUnchanged() {
        byte[] pixels = new byte[224 * 224];
        pixels[5] = 77;
        GreySlice slice = new GreySlice(224, 224, pixels);

        assertThat(normalizer.normalize(slice)).isSameAs(slice);
    }

    @Test
    void otherSquareIsMadeWithTheSameFilter() {
        // Pairs of pixels: the triangle around each pair's middle reaches one pixel further on both sides.
        GreySlice pairs = new GreySlice(1, 6, new byte[] {0, 0, 80, 80, 0, 0});

        GreySlice three = normalizer.normalize(pairs, 3);

        // Weights 1, 3, 3, 1 of 8 in the middle; 3, 3, 1 of 7 at the edges.
        assertThat(three).isEqualTo(new GreySlice(3, 3, new byte[] {11, 60, 11, 11, 60, 11, 11, 60, 11}));
    }

    @Test
    void sideBelowOneIsRefused() {
        assertThatThrownBy(() -> normalizer.normalize(new GreySlice(1, 1, new byte[1]), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("side 0")
                .hasMessageContaining("at least 1");
    }

    @Test
    void aspectRatioIsNotKept() {
        // A white left half of a wide slice is the white left half of the square.
        byte[] pixels = new byte[10 * 1000];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i % 1000 < 500 ? 255 : 0);
        }

        GreySlice normal = normalizer.normalize(new GreySlice(10, 1000, pixels));

        assertThat(normal.at(0, 110)).isEqualTo(255);
        assertThat(normal.at(223, 113)).isZero();
    }

    @Test
    void floodOfDifferentSizesIsStillNormalised() {
        for (int side = 1; side <= 200; side++) {
            assertThat(normalizer
                            .normalize(new GreySlice(side, side, new byte[side * side]))
                            .statistics()
                            .max())
                    .isZero();
        }
    }
}
