package org.ctstream.model.release;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a release was made from, enough to make it again.
 *
 * @param labelOffsets next offset of the labelled scans' topic per partition number when the training data was taken;
 *     empty if there was none
 * @param seed seed of everything random
 * @param codeVersion version of the code that made it
 * @param parent {@code name:version} of the release training started from, or null
 */
public record Lineage(
        Map<String, Long> labelOffsets,
        long seed,
        String codeVersion,
        @Nullable String parent) {
    public Lineage {
        Objects.requireNonNull(codeVersion, "lineage: codeVersion must not be null");
        labelOffsets = Collections.unmodifiableMap(new TreeMap<>(labelOffsets));
    }
}
