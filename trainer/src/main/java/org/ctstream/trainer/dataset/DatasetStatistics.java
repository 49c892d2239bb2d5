package org.ctstream.trainer.dataset;

import java.util.Arrays;

/**
 * What a split looks like.
 *
 * @param heights of the images as they were given, in pixels
 * @param widths of the images as they were given, in pixels
 * @param mean of all pixels of all images stretched to 224 × 224, divided by 255: 0 to 1; NaN if there are none
 * @param standardDeviation population standard deviation of the same; NaN if there are none
 */
public record DatasetStatistics(
        Split split, int positives, int negatives, Sides heights, Sides widths, double mean, double standardDeviation) {

    /** Smallest, median and largest length in pixels; all 0 without images. The median of an even count is the lower. */
    public record Sides(int min, int median, int max) {
        static Sides of(int[] lengths) {
            if (lengths.length == 0) {
                return new Sides(0, 0, 0);
            }
            int[] sorted = lengths.clone();
            Arrays.sort(sorted);
            return new Sides(sorted[0], sorted[(sorted.length - 1) / 2], sorted[sorted.length - 1]);
        }

        @Override
        public String toString() {
            return min + " / " + median + " / " + max;
        }
    }

    /** Images of both classes. */
    public int count() {
        return positives + negatives;
    }

    /** Share of positives, 0 to 1; NaN without images. */
    public double positiveShare() {
        return count() == 0 ? Double.NaN : (double) positives / count();
    }
}
