package org.ctstream.sink.store;

import org.ctstream.schemas.avro.Label;

/** How many slices of a study have which label. */
public record SliceCounts(int positive, int negative, int indeterminate) {
    public SliceCounts {
        if (positive < 0 || negative < 0 || indeterminate < 0) {
            throw new IllegalArgumentException(
                    "slices " + positive + ", " + negative + ", " + indeterminate + " (expected: none below 0)");
        }
    }

    public int total() {
        return positive + negative + indeterminate;
    }

    /**
     * What the study is called: the rule of the fewest positive slices. A study is positive if that many slices are
     * positive, each under the threshold of its own model. Else it is negative if any slice is, and indeterminate if none
     * could be judged, or too few were positive and none negative.
     *
     * <p>With one positive slice needed, a study is as sensitive as its slices together and far less specific: of 300
     * independent slices with a specificity of 0.99, some slice is falsely positive in 95 studies of 100. Neighbouring
     * slices err together, so it is not that bad, but nothing here has measured how bad.
     *
     * @param positivesNeeded 1 or more
     */
    public Label label(int positivesNeeded) {
        if (positive >= positivesNeeded) {
            return Label.POSITIVE;
        }
        return negative > 0 ? Label.NEGATIVE : Label.INDETERMINATE;
    }
}
