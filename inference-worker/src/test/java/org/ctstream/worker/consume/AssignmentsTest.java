package org.ctstream.worker.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.worker.Scans;
import org.junit.jupiter.api.Test;

class AssignmentsTest {
    private static final TopicPartition PARTITION = new TopicPartition("ct.scan.normalized", 0);

    private final Assignments assignments = new Assignments();

    @Test
    void recordIsOursWhileItsAssignmentLasts() {
        assignments.assigned(List.of(PARTITION));
        long assignment = assignments.of(Scans.record(0, 5, "a"));

        assertThat(assignments.isCurrent(Scans.record(0, 5, "a"), assignment)).isTrue();

        assignments.removed(List.of(PARTITION));
        assertThat(assignments.isCurrent(Scans.record(0, 5, "a"), assignment)).isFalse();
    }

    @Test
    void recordReadBeforeAPartitionWentAndCameBackIsNotOurs() {
        assignments.assigned(List.of(PARTITION));
        long before = assignments.of(Scans.record(0, 5, "a"));
        assignments.removed(List.of(PARTITION));
        assignments.assigned(List.of(PARTITION));

        assertThat(assignments.isCurrent(Scans.record(0, 5, "a"), before)).isFalse();
    }

    @Test
    void recordOfAPartitionNeverAssignedIsNotOurs() {
        long assignment = assignments.of(Scans.record(3, 5, "a"));

        assertThat(assignments.isCurrent(Scans.record(3, 5, "a"), assignment)).isFalse();
    }
}
