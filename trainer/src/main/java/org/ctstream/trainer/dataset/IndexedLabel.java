package org.ctstream.trainer.dataset;

import org.jspecify.annotations.Nullable;

/**
 * The latest record of one scan, as the index remembers it: a label or a rejection.
 *
 * @param label null if rejected
 * @param rejected null if labelled
 */
record IndexedLabel(@Nullable LabelEntry label, @Nullable Rejected rejected) {
    IndexedLabel {
        if ((label == null) == (rejected == null)) {
            throw new IllegalArgumentException("a label is either used or rejected (expected: one of the two)");
        }
    }
}
