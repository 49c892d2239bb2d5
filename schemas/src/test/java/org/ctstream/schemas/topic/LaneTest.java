package org.ctstream.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import org.ctstream.schemas.avro.Priority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LaneTest {
    @ParameterizedTest
    @EnumSource(Priority.class)
    void everyPriorityHasTheLaneOfItsName(Priority priority) {
        assertThat(Lane.of(priority).name()).isEqualTo(priority.name());
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void laneIsKnownByItsTopicsWhichDifferFromThoseOfAllScansInTheNameAlone(Lane lane) {
        assertThat(Lane.ofTopic(lane.received().topicName())).contains(lane);
        assertThat(Lane.ofTopic(lane.normalized().topicName())).contains(lane);
        assertThat(lane.received().spec().withName("a"))
                .isEqualTo(Topic.SCAN_RECEIVED.spec().withName("a"));
        assertThat(lane.normalized().spec().withName("a"))
                .isEqualTo(Topic.SCAN_NORMALIZED.spec().withName("a"));
        assertThat(lane.received().recordClass()).isEqualTo(Topic.SCAN_RECEIVED.recordClass());
        assertThat(lane.normalized().recordClass()).isEqualTo(Topic.SCAN_NORMALIZED.recordClass());
    }

    @Test
    void topicsOfAllScansBelongToNoLane() {
        assertThat(Lane.ofTopic(Topic.SCAN_CLASSIFIED.topicName())).isEmpty();
        assertThat(Lane.ofTopic("ct.scan.received.dlt")).isEmpty();
    }
}
