package org.ctstream.model.gate;

/**
 * Where it is bright and dark, from a thumbnail of {@value #SIDE} × {@value #SIDE} means: its lowest cosines (the discrete
 * cosine transform II, the constant included), how alike it is to its mirror images, and how much dark is enclosed.
 */
final class Layout {
    static final int SIDE = 28;
    /** Keeps logarithms of a slice without any step finite. */
    static final double LEAST_STEEPNESS = 0.01;

    private static final int BLOCK = SliceFeatures.SIDE / SIDE;
    private static final int FREQUENCIES = 6;
    /** Sum of the two frequencies of the finest pattern that counts. */
    private static final int FINEST = 6;

    private static final double[][] COSINES = cosines();
    /** Steepness, two likenesses, threshold, dark and enclosed shares; pairs of frequencies below the finest. */
    static final int COUNT = 6 + patterns();

    private static final double MOST_ALIKE = 0.98;
    private static final double FLAT = 1e-9;

    private final double[] means;

    private Layout(double[] means) {
        this.means = means;
    }

    static Layout of(byte[] grey) {
        double[] means = new double[SIDE * SIDE];
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                means[row * SIDE + column] = sum(grey, row * BLOCK, column * BLOCK) / (255.0 * BLOCK * BLOCK);
            }
        }
        return new Layout(means);
    }

    private static int sum(byte[] grey, int top, int left) {
        int sum = 0;
        for (int row = top; row < top + BLOCK; row++) {
            int begin = row * SliceFeatures.SIDE + left;
            for (int at = begin; at < begin + BLOCK; at++) {
                sum += grey[at] & 0xFF;
            }
        }
        return sum;
    }

    /** Mean step to the right and down, 0 to 2. */
    double steepness() {
        double sum = 0;
        for (int row = 0; row < SIDE - 1; row++) {
            for (int column = 0; column < SIDE - 1; column++) {
                int at = row * SIDE + column;
                sum += Math.abs(means[at] - means[at + 1]) + Math.abs(means[at] - means[at + SIDE]);
            }
        }
        return sum / ((SIDE - 1) * (SIDE - 1));
    }

    void measure(double[] features, int from) {
        DarkRegions dark = DarkRegions.of(means);
        int at = from;
        features[at++] = StrictMath.log(LEAST_STEEPNESS + steepness());
        features[at++] = likeness(true);
        features[at++] = likeness(false);
        features[at++] = dark.threshold();
        features[at++] = dark.share();
        features[at++] = dark.enclosedShare();
        double[][] acrossEachRow = acrossEachRow();
        for (int down = 0; down < FREQUENCIES; down++) {
            for (int across = 0; across < FREQUENCIES && down + across <= FINEST; across++) {
                double sum = 0;
                for (int row = 0; row < SIDE; row++) {
                    sum += acrossEachRow[across][row] * COSINES[down][row];
                }
                features[at++] = sum / SIDE;
            }
        }
    }

    /** Fisher's transform of the correlation with the mirror image: left and right, or top and bottom. */
    private double likeness(boolean leftAndRight) {
        double mean = 0;
        for (double value : means) {
            mean += value / means.length;
        }
        double product = 0;
        double square = 0;
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                double value = means[row * SIDE + column] - mean;
                int mirror = leftAndRight ? row * SIDE + SIDE - 1 - column : (SIDE - 1 - row) * SIDE + column;
                product += value * (means[mirror] - mean);
                square += value * value;
            }
        }
        double correlation = square < FLAT ? 0 : product / square;
        double bounded = Math.max(-MOST_ALIKE, Math.min(MOST_ALIKE, correlation));
        return StrictMath.log((1 + bounded) / (1 - bounded)) / 2;
    }

    /** By frequency and row. */
    private double[][] acrossEachRow() {
        double[][] sums = new double[FREQUENCIES][SIDE];
        for (int frequency = 0; frequency < FREQUENCIES; frequency++) {
            for (int row = 0; row < SIDE; row++) {
                double sum = 0;
                for (int column = 0; column < SIDE; column++) {
                    sum += means[row * SIDE + column] * COSINES[frequency][column];
                }
                sums[frequency][row] = sum;
            }
        }
        return sums;
    }

    private static double[][] cosines() {
        double[][] cosines = new double[FREQUENCIES][SIDE];
        for (int frequency = 0; frequency < FREQUENCIES; frequency++) {
            for (int place = 0; place < SIDE; place++) {
                cosines[frequency][place] = StrictMath.cos(Math.PI * (place + 0.5) * frequency / SIDE)
                        * (frequency == 0 ? 1 : StrictMath.sqrt(2));
            }
        }
        return cosines;
    }

    private static int patterns() {
        int count = 0;
        for (int down = 0; down < FREQUENCIES; down++) {
            count += Math.min(FREQUENCIES, FINEST + 1 - down);
        }
        return count;
    }
}
