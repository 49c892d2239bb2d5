package org.ctstream.sink.store;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What one poll brought.
 *
 * @param classified in the order read, per partition
 * @param rejected the records that could not be decoded
 * @param nextOffsets for each partition read from, the offset to read next
 */
public record Poll(List<Classified> classified, List<Rejected> rejected, Map<TopicPartition, Long> nextOffsets) {
    public Poll {
        classified = List.copyOf(classified);
        rejected = List.copyOf(rejected);
        nextOffsets = Map.copyOf(nextOffsets);
    }
}
