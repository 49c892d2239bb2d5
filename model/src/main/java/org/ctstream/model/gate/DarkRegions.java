package org.ctstream.model.gate;

/**
 * The dark part of a thumbnail, parted from the bright one where both are most alike within themselves (Otsu 1979), and how
 * much of it no dark way leads to from the border: lungs are such places.
 *
 * @param threshold grey value below which it is dark, above 0 to 1
 * @param share of the thumbnail that is dark, 0 to 1
 * @param enclosedShare share of the thumbnail that is dark and enclosed by bright, 0 to {@code share}
 */
record DarkRegions(double threshold, double share, double enclosedShare) {
    private static final int LEVELS = 64;
    private static final int SIDE = Layout.SIDE;

    static DarkRegions of(double[] means) {
        double threshold = otsu(means);
        boolean[] dark = new boolean[means.length];
        int darkCount = 0;
        for (int i = 0; i < means.length; i++) {
            dark[i] = means[i] < threshold;
            darkCount += dark[i] ? 1 : 0;
        }
        int enclosed = darkCount - takeFromBorder(dark);
        return new DarkRegions(threshold, (double) darkCount / means.length, (double) enclosed / means.length);
    }

    /** Takes away what is dark and reached from the border by steps to the four neighbours; says how much that was. */
    private static int takeFromBorder(boolean[] dark) {
        int[] taken = new int[dark.length];
        int count = 0;
        for (int i = 0; i < SIDE; i++) {
            count = take(dark, i, taken, count);
            count = take(dark, (SIDE - 1) * SIDE + i, taken, count);
            count = take(dark, i * SIDE, taken, count);
            count = take(dark, i * SIDE + SIDE - 1, taken, count);
        }
        for (int next = 0; next < count; next++) {
            int place = taken[next];
            int column = place % SIDE;
            count = place >= SIDE ? take(dark, place - SIDE, taken, count) : count;
            count = place < dark.length - SIDE ? take(dark, place + SIDE, taken, count) : count;
            count = column > 0 ? take(dark, place - 1, taken, count) : count;
            count = column < SIDE - 1 ? take(dark, place + 1, taken, count) : count;
        }
        return count;
    }

    private static int take(boolean[] dark, int place, int[] taken, int count) {
        if (!dark[place]) {
            return count;
        }
        dark[place] = false;
        taken[count] = place;
        return count + 1;
    }

    private static double otsu(double[] means) {
        int[] histogram = new int[LEVELS];
        long sum = 0;
        for (double mean : means) {
            int level = Math.min(LEVELS - 1, (int) (mean * LEVELS));
            histogram[level]++;
            sum += level;
        }
        double best = -1;
        double threshold = 0.5;
        long below = 0;
        long belowSum = 0;
        for (int level = 0; level < LEVELS - 1; level++) {
            below += histogram[level];
            belowSum += (long) level * histogram[level];
            long above = means.length - below;
            if (below > 0 && above > 0) {
                double apart = (double) belowSum / below - (double) (sum - belowSum) / above;
                double between = (double) below * above * apart * apart;
                if (between > best) {
                    best = between;
                    threshold = (level + 1.0) / LEVELS;
                }
            }
        }
        return threshold;
    }
}
