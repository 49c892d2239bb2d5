package org.ctstream.model.gate;

/**
 * Grey values and their steps from pixel to pixel, of every other row: a photograph, a drawing, text and noise differ in
 * these.
 */
final class Tones {
    private static final int SIDE = SliceFeatures.SIDE;
    private static final int BINS = 8;
    private static final int BIN_SHIFT = 5;
    /** All rows say no more, and cost twice as much. */
    private static final int ROW_STEP = 2;
    /** Sum of the steps to the right and down from which on a pixel lies on an edge. */
    private static final int EDGE = 96;

    private static final int ROWS = (SIDE - 2 + ROW_STEP - 1) / ROW_STEP;

    /** Features of this kind: the bins; steepness, direction, grain, edges, flat areas, fine against coarse. */
    static final int COUNT = BINS + 6;

    private Tones() {}

    /** @param coarseSteepness mean step between neighbours of the thumbnail, 0 to 2 */
    static void measure(byte[] grey, double coarseSteepness, double[] features) {
        int[] histogram = new int[BINS];
        long acrossSum = 0;
        long downSum = 0;
        long curvature = 0;
        int edges = 0;
        int flat = 0;
        for (int row = 1; row < SIDE - 1; row += ROW_STEP) {
            int begin = row * SIDE + 1;
            int left = grey[begin - 1] & 0xFF;
            int here = grey[begin] & 0xFF;
            for (int at = begin; at < begin + SIDE - 2; at++) {
                int right = grey[at + 1] & 0xFF;
                int below = grey[at + SIDE] & 0xFF;
                int above = grey[at - SIDE] & 0xFF;
                int across = Math.abs(right - here);
                int down = Math.abs(below - here);
                histogram[here >> BIN_SHIFT]++;
                acrossSum += across;
                downSum += down;
                edges += across + down > EDGE ? 1 : 0;
                flat += across + down == 0 ? 1 : 0;
                curvature += Math.abs(4 * here - right - left - below - above);
                left = here;
                here = right;
            }
        }
        double seen = ROWS * (SIDE - 2.0);
        for (int bin = 0; bin < BINS; bin++) {
            // The root evens out the variance of shares (Hellinger).
            features[bin] = Math.sqrt(histogram[bin] / seen);
        }
        double across = acrossSum / seen;
        double down = downSum / seen;
        features[BINS] = StrictMath.log(1 + across);
        features[BINS + 1] = StrictMath.log((1 + across) / (1 + down));
        features[BINS + 2] = StrictMath.log((1 + curvature / seen) / (1 + across + down));
        features[BINS + 3] = Math.sqrt(edges / seen);
        features[BINS + 4] = Math.sqrt(flat / seen);
        features[BINS + 5] = StrictMath.log((1 + across + down) / 255 / (Layout.LEAST_STEEPNESS + coarseSteepness));
    }
}
