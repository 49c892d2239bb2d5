package org.ctstream.sink.store;

import java.util.Comparator;
import org.ctstream.schemas.avro.Label;

/**
 * The slice of a study to look at first.
 *
 * @param probability of the positive class, 0 to 1, as the slice's model gives it
 */
public record WorstSlice(String scanId, String resultId, Label label, double probability) {
    /**
     * The worst is the least: positive before negative before indeterminate, for models differ in their thresholds and what
     * could not be judged says little; then by probability, then by scan id so that the order is one.
     */
    static final Comparator<WorstSlice> WORST_FIRST = Comparator.comparingInt((WorstSlice slice) -> rank(slice.label))
            .thenComparing(Comparator.comparingDouble(WorstSlice::probability).reversed())
            .thenComparing(WorstSlice::scanId);

    private static int rank(Label label) {
        return switch (label) {
            case POSITIVE -> 0;
            case NEGATIVE -> 1;
            case INDETERMINATE -> 2;
        };
    }
}
