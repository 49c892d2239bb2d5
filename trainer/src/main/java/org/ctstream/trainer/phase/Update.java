package org.ctstream.trainer.phase;

import java.util.List;
import org.ctstream.trainer.feed.Sample;

/** One update of the weights: micro-batches whose gradients are added up. */
record Update(List<List<Sample>> microBatches) {
    /** Samples of all micro-batches. */
    int size() {
        return microBatches.stream().mapToInt(List::size).sum();
    }
}
