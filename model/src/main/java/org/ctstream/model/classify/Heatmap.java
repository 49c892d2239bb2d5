package org.ctstream.model.classify;

import java.util.List;

/**
 * Where in a slice a network saw what speaks for the positive class: a class activation map over the last features before
 * they are averaged, 7 x 7 for a DenseNet on 224 x 224.
 *
 * @param rows rows of the map, at least 1
 * @param columns columns of the map, at least 1
 * @param values rows x columns values, row-major, 0 to 1 relative to the map's maximum; all 0 if nothing speaks for it
 * @see "Zhou et al., Learning Deep Features for Discriminative Localization, CVPR 2016"
 * @see "Selvaraju et al., Grad-CAM, ICCV 2017, for networks with more than one layer behind the average"
 */
public record Heatmap(int rows, int columns, List<Float> values) {
    public Heatmap {
        values = List.copyOf(values);
        if (rows < 1 || columns < 1 || values.size() != rows * columns) {
            throw new IllegalArgumentException(
                    "a heatmap of " + rows + " x " + columns + " does not have " + values.size() + " values");
        }
    }

    /**
     * The map as a network gives it: what speaks against the class is cut off, the rest divided by its maximum.
     *
     * @param evidence contribution of each place to the positive class's logit less the negative's, row-major
     * @param offset index of the map's first value in the array
     */
    public static Heatmap ofEvidence(int rows, int columns, float[] evidence, int offset) {
        int places = rows * columns;
        float largest = 0;
        for (int i = 0; i < places; i++) {
            largest = Math.max(largest, evidence[offset + i]);
        }
        Float[] relative = new Float[places];
        for (int i = 0; i < places; i++) {
            relative[i] = relative(evidence[offset + i], largest);
        }
        return new Heatmap(rows, columns, List.of(relative));
    }

    /** A NaN is compared as false, and shown as nothing; infinite evidence leaves nothing of finite. */
    private static float relative(float value, float largest) {
        if (!(value > 0)) {
            return 0;
        }
        return value == largest ? 1 : value / largest;
    }
}
