package org.ctstream.trainer.dataset;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was read of {@code ct.scan.labeled}: the latest record of every scan up to the offsets.
 *
 * @param format of the file this is written to
 * @param topicId identity of the topic it was read from
 * @param readAtMillis when the topic was last read to its end, in milliseconds since 1970
 * @param offsets next offset by partition
 * @param labels by record key
 */
record LabelIndex(
        int format, String topicId, long readAtMillis, Map<Integer, Long> offsets, Map<String, IndexedLabel> labels) {
    static final int FORMAT = 1;

    /**
     * The broker forgets tombstones a day after compaction by default ({@code delete.retention.ms}); whoever reads on
     * after that misses removals, so an index of this age is read anew.
     */
    private static final Duration TRUSTED_FOR = Duration.ofHours(12);

    LabelIndex {
        offsets = Collections.unmodifiableMap(new TreeMap<>(offsets));
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    static LabelIndex empty(String topicId, Instant now) {
        return new LabelIndex(FORMAT, topicId, now.toEpochMilli(), Map.of(), Map.of());
    }

    /** Whether reading may go on from here, on this topic with these ends. */
    boolean continues(String currentTopicId, Map<Integer, Long> ends, Instant now) {
        return format == FORMAT
                && topicId.equals(currentTopicId)
                && now.toEpochMilli() - readAtMillis < TRUSTED_FOR.toMillis()
                && offsets.entrySet().stream()
                        .allMatch(next -> ends.getOrDefault(next.getKey(), -1L) >= next.getValue());
    }
}
