package org.ctstream.trainer.dataset;

import java.util.List;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.imaging.slice.SliceNormalizer;

/** Computes {@link DatasetStatistics}: sums of whole numbers, so that the order of the images changes nothing. */
final class Statistics {
    private static final double WHITE = 255;

    private long sum;
    private long sumOfSquares;
    private long pixels;

    private Statistics() {}

    static DatasetStatistics of(Split split, List<LabeledImage> images, ImageFolder folder) {
        var sums = new Statistics();
        int[] heights = new int[images.size()];
        int[] widths = new int[images.size()];
        int positives = 0;
        for (int i = 0; i < images.size(); i++) {
            SourceSlice source = folder.slice(images.get(i).digest(), SliceNormalizer.SIDE);
            heights[i] = source.sourceHeight();
            widths[i] = source.sourceWidth();
            positives += images.get(i).label();
            sums.add(source.slice());
        }
        return new DatasetStatistics(
                split,
                positives,
                images.size() - positives,
                DatasetStatistics.Sides.of(heights),
                DatasetStatistics.Sides.of(widths),
                sums.mean(),
                sums.standardDeviation());
    }

    private void add(GreySlice slice) {
        for (byte pixel : slice.pixels()) {
            int value = pixel & 0xFF;
            sum += value;
            sumOfSquares += (long) value * value;
        }
        pixels += slice.pixels().length;
    }

    private double mean() {
        return pixels == 0 ? Double.NaN : (double) sum / pixels / WHITE;
    }

    private double standardDeviation() {
        if (pixels == 0) {
            return Double.NaN;
        }
        double mean = (double) sum / pixels;
        return Math.sqrt(Math.max(0, (double) sumOfSquares / pixels - mean * mean)) / WHITE;
    }
}
