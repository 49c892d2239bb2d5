package org.ctstream.imaging.slice;

/**
 * The rows of a slice at their new width, each computed once, when it or one of the few after it is first asked for.
 *
 * <p>Rows are taken four at a time, two of them in the halves of one {@code long}: a weight of at most 2^22 times a pixel
 * of 8 bits, summed with weights that add up to 2^22, stays below 2^31, so that no half runs over into the other and one
 * multiplication does for two pixels.
 *
 * <p>Not thread-safe.
 */
final class NarrowedRows {

    private static final int AT_ONCE = 4;

    private static final long HALVES =
            (1L << (FilterWeights.PRECISION_BITS - 1)) | (1L << (FilterWeights.PRECISION_BITS - 1 + 32));

    private final GreySlice slice;
    private final FilterWeights axis;
    private final long[] upperPair;
    private final long[] lowerPair;

    /** The newest rows, each at its number modulo the length. */
    private final int[][] kept;

    private int done;

    /** @param lookBack how many rows, the newest included, are asked for again */
    NarrowedRows(GreySlice slice, FilterWeights axis, int lookBack) {
        this.slice = slice;
        this.axis = axis;
        this.upperPair = new long[slice.width()];
        this.lowerPair = new long[slice.width()];
        this.kept = new int[lookBack + AT_ONCE][axis.outputSize];
    }

    /** The levels of one row, 0 to 255; rows are asked for in order, up to the look-back. */
    int[] at(int row) {
        while (done <= row) {
            narrow();
        }
        return kept[row % kept.length];
    }

    /** The level that a sum of weighted levels, with its rounding half, comes to. */
    static int level(int sum) {
        return Math.min(255, sum >> FilterWeights.PRECISION_BITS);
    }

    private void narrow() {
        pair(done, upperPair);
        pair(done + 2, lowerPair);
        narrow(
                kept[done % kept.length],
                kept[(done + 1) % kept.length],
                kept[(done + 2) % kept.length],
                kept[(done + 3) % kept.length]);
        done += AT_ONCE;
    }

    /** Two rows in one; below the last row the last one is repeated and never asked for. */
    private void pair(int row, long[] pair) {
        byte[] in = slice.pixels();
        int last = slice.height() - 1;
        int one = Math.min(row, last) * slice.width();
        int two = Math.min(row + 1, last) * slice.width();
        for (int column = 0; column < pair.length; column++) {
            pair[column] = (in[one + column] & 0xFFL) | ((in[two + column] & 0xFFL) << 32);
        }
    }

    private void narrow(int[] first, int[] second, int[] third, int[] fourth) {
        int[] weights = axis.weights;
        int weight = 0;
        for (int position = 0; position < first.length; position++) {
            int column = axis.first[position];
            long upper = HALVES;
            long lower = HALVES;
            for (int end = weight + axis.taps; weight < end; weight++) {
                upper += upperPair[column] * weights[weight];
                lower += lowerPair[column] * weights[weight];
                column++;
            }
            first[position] = level((int) upper);
            second[position] = level((int) (upper >> 32));
            third[position] = level((int) lower);
            fourth[position] = level((int) (lower >> 32));
        }
    }
}
