package org.ctstream.imaging.slice;

import java.util.Arrays;
import java.util.Objects;

/**
 * One grey image: 8-bit unsigned values, row-major, top row first.
 *
 * <p>The array is shared, not copied, on the way in and out: a slice is built once by its producer, which gives the
 * array up, and read by the next stage; copying would double the memory of a decode. Whoever writes into it afterwards
 * breaks the contract.
 *
 * <p>Thread-safe as long as nobody writes into {@code pixels}.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 * @param pixels (height × width) values, each byte read as unsigned 0 to 255; 0 is black
 */
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString are defined for the array below
public record GreySlice(int height, int width, byte[] pixels) {

    public GreySlice {
        Objects.requireNonNull(pixels, "pixels");
        if (height < 1 || width < 1 || (long) height * width != pixels.length) {
            throw new IllegalArgumentException(
                    "GreySlice height %d, width %d, %d pixels (expected: both at least 1 and height x width pixels)"
                            .formatted(height, width, pixels.length));
        }
    }

    /** Value at a row and column, 0 to 255. */
    public int at(int row, int column) {
        Objects.checkIndex(row, height);
        Objects.checkIndex(column, width);
        return pixels[row * width + column] & 0xFF;
    }

    /** Mean, population standard deviation, minimum and maximum; one pass over the pixels. */
    public SliceStatistics statistics() {
        long sum = 0;
        long sumOfSquares = 0;
        int min = 255;
        int max = 0;
        for (byte pixel : pixels) {
            int value = pixel & 0xFF;
            sum += value;
            sumOfSquares += (long) value * value;
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        double mean = (double) sum / pixels.length;
        double variance = Math.max(0, (double) sumOfSquares / pixels.length - mean * mean);
        return new SliceStatistics(mean, Math.sqrt(variance), min, max);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GreySlice that
                && height == that.height
                && width == that.width
                && Arrays.equals(pixels, that.pixels);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * height + width) + Arrays.hashCode(pixels);
    }

    /** Geometry only: pixels are patient data and stay out of logs. */
    @Override
    public String toString() {
        return "GreySlice[height=" + height + ", width=" + width + "]";
    }
}
