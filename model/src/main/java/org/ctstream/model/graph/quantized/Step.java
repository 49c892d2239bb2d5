package org.ctstream.model.graph.quantized;

/**
 * How the numbers of one value become integers: x / scale, rounded, plus zero point.
 *
 * @param scale what one integer step is worth, positive
 * @param zeroPoint the integer that stands for 0
 */
record Step(float scale, int zeroPoint) {
    private static final int UNSIGNED_STEPS = 255;
    private static final int SIGNED_STEPS = 127;

    /** The finest step with which all numbers of the range, and 0, have an integer. */
    static Step of(ChannelRange range, Scheme scheme) {
        // 0 has to be exact: it is what padding is filled with and what a ReLU leaves.
        double low = Math.min(range.lowest(), 0);
        double high = Math.max(range.highest(), 0);
        return switch (scheme) {
            case ASYMMETRIC -> {
                float scale = positive((high - low) / UNSIGNED_STEPS);
                yield new Step(scale, (int) Math.min(UNSIGNED_STEPS, Math.round(-low / scale)));
            }
            case SYMMETRIC -> new Step(positive(Math.max(-low, high) / SIGNED_STEPS), 0);
        };
    }

    /** A value that is always 0 has no step; any does. */
    private static float positive(double scale) {
        float rounded = (float) scale;
        return rounded >= Float.MIN_NORMAL ? rounded : 1;
    }
}
