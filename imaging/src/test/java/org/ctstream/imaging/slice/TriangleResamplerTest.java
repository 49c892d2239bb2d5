package org.ctstream.imaging.slice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TriangleResamplerTest {

    @Property(tries = 150)
    void rowsInPairsGiveTheBytesOfTheDefinition(
            @ForAll @IntRange(min = 1, max = 160) int height,
            @ForAll @IntRange(min = 1, max = 160) int width,
            @ForAll @IntRange(min = 1, max = 60) int newHeight,
            @ForAll @IntRange(min = 1, max = 60) int newWidth,
            @ForAll long seed) {
        byte[] pixels = new byte[height * width];
        new SplittableRandom(seed).nextBytes(pixels);
        GreySlice slice = new GreySlice(height, width, pixels);

        assertThat(new TriangleResampler().resample(slice, newHeight, newWidth))
                .isEqualTo(definition(slice, newHeight, newWidth));
    }

    @Test
    void whiteOfTheLongestSideAllowedDoesNotRunOverIntoTheNextRow() {
        byte[] pixels = new byte[2 * 16_384];
        java.util.Arrays.fill(pixels, 0, 16_384, (byte) 255);

        GreySlice narrow = new TriangleResampler().resample(new GreySlice(2, 16_384, pixels), 2, 224);

        for (int column = 0; column < 224; column++) {
            assertThat(narrow.at(0, column)).as("white, column %d", column).isEqualTo(255);
            assertThat(narrow.at(1, column)).as("black, column %d", column).isZero();
        }
    }

    /** Rows into an image of 8 bits, then its columns, one weighted sum per pixel. */
    private static GreySlice definition(GreySlice slice, int newHeight, int newWidth) {
        FilterWeights across = new FilterWeights(slice.width(), newWidth);
        FilterWeights down = new FilterWeights(slice.height(), newHeight);
        byte[] narrowed = new byte[slice.height() * newWidth];
        for (int row = 0; row < slice.height(); row++) {
            for (int position = 0; position < newWidth; position++) {
                int sum = 1 << (FilterWeights.PRECISION_BITS - 1);
                for (int i = 0; i < across.taps; i++) {
                    sum += slice.at(row, across.first[position] + i) * across.weights[position * across.taps + i];
                }
                narrowed[row * newWidth + position] = (byte) Math.min(255, sum >> FilterWeights.PRECISION_BITS);
            }
        }
        byte[] result = new byte[newHeight * newWidth];
        for (int position = 0; position < newHeight; position++) {
            for (int column = 0; column < newWidth; column++) {
                int sum = 1 << (FilterWeights.PRECISION_BITS - 1);
                for (int i = 0; i < down.taps; i++) {
                    int level = narrowed[(down.first[position] + i) * newWidth + column] & 0xFF;
                    sum += level * down.weights[position * down.taps + i];
                }
                result[position * newWidth + column] = (byte) Math.min(255, sum >> FilterWeights.PRECISION_BITS);
            }
        }
        return new GreySlice(newHeight, newWidth, result);
    }
}
