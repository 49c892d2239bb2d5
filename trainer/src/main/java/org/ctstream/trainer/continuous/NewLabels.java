package org.ctstream.trainer.continuous;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many training labels are new since the last training. */
final class NewLabels {
    private NewLabels() {}

    /**
     * Counts them: exactly if the labels of the last training are known, from the releases' lineage otherwise, all if there
     * is none either.
     *
     * @param trained labels of the last training; null if unknown
     * @param lineages label offsets of the releases of this line; those of another topic are passed over
     */
    static long count(
            LabelSnapshot now, @Nullable LabelSnapshot trained, Collection<? extends Map<String, Long>> lineages) {
        if (trained != null) {
            return now.newSince(trained);
        }
        var last = new HashMap<String, Long>();
        lineages.stream()
                .filter(now::reaches)
                .forEach(lineage -> lineage.forEach((partition, offset) -> last.merge(partition, offset, Math::max)));
        return now.newSince(last);
    }
}
