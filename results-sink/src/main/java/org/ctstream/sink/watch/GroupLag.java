package org.ctstream.sink.watch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far one consumer, share or Streams group is behind on one topic.
 *
 * @param stage {@code ingest}, {@code inference} or {@code sink}, by the topic
 * @param lane {@code routine} or {@code stat}; null for topics all scans share
 * @param lag records behind, of all partitions
 */
public record GroupLag(
        String group,
        String kind,
        String stage,
        @Nullable String lane,
        String topic,
        long lag,
        List<Partition> partitions) {
    public GroupLag {
        partitions = List.copyOf(partitions);
    }

    /**
     * One partition.
     *
     * @param next offset the group reads next; null if it has not begun
     * @param end offset behind the last committed record
     */
    public record Partition(int partition, @Nullable Long next, long end, long lag) {}
}
