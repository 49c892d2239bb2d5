package org.ctstream.imaging.augment;

import java.util.Arrays;
import org.ctstream.imaging.slice.GreySlice;

/**
 * Reads a slice through an {@link AffineMap}, in one pass. Where the map reduces, each output pixel is the mean of a grid
 * of bilinear samples no more than {@link #WIDEST_STEP} slice pixels apart, so that reducing averages and does not alias.
 *
 * <p>Outside the slice the nearest edge pixel is repeated. Around a full scan that is the same black as air; slices cut
 * out of publications often touch the body at their edge, where filling with black would draw strong oblique edges that
 * no scan has.
 *
 * <p>Thread-safe: it keeps nothing between calls.
 */
final class AffineSampler {

    /** Beyond this distance bilinear samples begin to miss pixels. */
    private static final double WIDEST_STEP = 1.25;

    /** Positions are fixed point with 32 fraction bits: exact to the grey level over any slice that fits an array. */
    private static final double ONE = 4294967296.0;

    /** Bits of a bilinear weight: 8 for the pixel and 2 × 10 fit an int. */
    private static final int WEIGHT_BITS = 10;

    private static final int UNIT = 1 << WEIGHT_BITS;

    private AffineSampler() {}

    static byte[] sample(GreySlice slice, AffineMap map, int side) {
        byte[] out = new byte[side * side];
        long[] sums = new long[side];
        int columnSamples = samples(map.columnStep());
        int rowSamples = samples(map.rowStep());
        long divisor = ((long) columnSamples * rowSamples) << (2 * WEIGHT_BITS);
        // A sum is a half above a whole number of divisors where the slice is even, so the inexact factor cannot move
        // it.
        double factor = 1.0 / divisor;
        for (int row = 0; row < side; row++) {
            Arrays.fill(sums, divisor / 2);
            for (int i = 0; i < rowSamples; i++) {
                double down = row + (i + 0.5) / rowSamples - 0.5;
                for (int j = 0; j < columnSamples; j++) {
                    double right = (j + 0.5) / columnSamples - 0.5;
                    addRow(slice, map, right, down, sums);
                }
            }
            for (int column = 0; column < side; column++) {
                out[row * side + column] = (byte) (int) (sums[column] * factor);
            }
        }
        return out;
    }

    private static int samples(double step) {
        return Math.max(1, (int) Math.ceil(step / WIDEST_STEP));
    }

    /** One sample for each output pixel of a row; those between neighbours that all exist take the short way. */
    private static void addRow(GreySlice slice, AffineMap map, double right, double down, long[] sums) {
        long x = fixed(map.x() + right * map.xPerColumn() + down * map.xPerRow());
        long y = fixed(map.y() + right * map.yPerColumn() + down * map.yPerRow());
        long xStep = fixed(map.xPerColumn());
        long yStep = fixed(map.yPerColumn());
        int from = 0;
        int to = sums.length;
        while (from < to && !inside(slice, x + from * xStep, y + from * yStep)) {
            from++;
        }
        // Positions lie on a line and the slice is convex: what is inside is one run.
        while (to > from && !inside(slice, x + (to - 1) * xStep, y + (to - 1) * yStep)) {
            to--;
        }
        addClamped(slice, x, y, xStep, yStep, sums, 0, from);
        addInside(slice, x, y, xStep, yStep, sums, from, to);
        addClamped(slice, x, y, xStep, yStep, sums, to, sums.length);
    }

    private static long fixed(double position) {
        return (long) (position * ONE);
    }

    private static boolean inside(GreySlice slice, long x, long y) {
        int column = (int) (x >> 32);
        int row = (int) (y >> 32);
        return column >= 0 && row >= 0 && column < slice.width() - 1 && row < slice.height() - 1;
    }

    private static void addInside(
            GreySlice slice, long x, long y, long xStep, long yStep, long[] sums, int from, int to) {
        byte[] pixels = slice.pixels();
        int width = slice.width();
        long atX = x + from * xStep;
        long atY = y + from * yStep;
        for (int i = from; i < to; i++) {
            int upper = (int) (atY >> 32) * width + (int) (atX >> 32);
            sums[i] += blend(pixels, upper, upper + 1, upper + width, upper + width + 1, weight(atX), weight(atY));
            atX += xStep;
            atY += yStep;
        }
    }

    private static void addClamped(
            GreySlice slice, long x, long y, long xStep, long yStep, long[] sums, int from, int to) {
        byte[] pixels = slice.pixels();
        int width = slice.width();
        int lastColumn = width - 1;
        int lastRow = slice.height() - 1;
        long atX = x + from * xStep;
        long atY = y + from * yStep;
        for (int i = from; i < to; i++) {
            int column = (int) (atX >> 32);
            int row = (int) (atY >> 32);
            int left = Math.min(Math.max(column, 0), lastColumn);
            int next = Math.min(Math.max(column + 1, 0), lastColumn);
            int upper = Math.min(Math.max(row, 0), lastRow) * width;
            int lower = Math.min(Math.max(row + 1, 0), lastRow) * width;
            sums[i] += blend(pixels, upper + left, upper + next, lower + left, lower + next, weight(atX), weight(atY));
            atX += xStep;
            atY += yStep;
        }
    }

    private static int weight(long position) {
        return (int) (position >>> (32 - WEIGHT_BITS)) & (UNIT - 1);
    }

    private static int blend(
            byte[] pixels, int upperLeft, int upperRight, int lowerLeft, int lowerRight, int fromLeft, int fromTop) {
        int above = (pixels[upperLeft] & 0xFF) * (UNIT - fromLeft) + (pixels[upperRight] & 0xFF) * fromLeft;
        int below = (pixels[lowerLeft] & 0xFF) * (UNIT - fromLeft) + (pixels[lowerRight] & 0xFF) * fromLeft;
        return above * (UNIT - fromTop) + below * fromTop;
    }
}
