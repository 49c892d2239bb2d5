package org.ctstream.cli.shadow;

import java.util.OptionalDouble;
import org.ctstream.schemas.avro.Label;

/**
 * What a release said of a scan.
 *
 * @param probability of the positive class, 0 to 1; NaN if it could not decide
 */
record Answer(Label label, double probability) {
    private static final Answer NONE = new Answer(Label.INDETERMINATE, Double.NaN);

    /** As a worker decides it. */
    static Answer of(OptionalDouble probability, double threshold) {
        if (probability.isEmpty()) {
            return NONE;
        }
        double value = probability.getAsDouble();
        return new Answer(value >= threshold ? Label.POSITIVE : Label.NEGATIVE, value);
    }

    /** As a result says it; its probability means nothing where the label is INDETERMINATE. */
    static Answer of(Label label, double probability) {
        return label == Label.INDETERMINATE ? NONE : new Answer(label, probability);
    }

    boolean isDecided() {
        return label != Label.INDETERMINATE;
    }

    boolean isPositive() {
        return label == Label.POSITIVE;
    }
}
