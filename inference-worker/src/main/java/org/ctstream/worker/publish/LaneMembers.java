package org.ctstream.worker.publish;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;

/**
 * The worker's memberships in its consumer groups, one for each lane, as they were at one moment. They fence a worker
 * that was thought dead.
 */
public record LaneMembers(Map<Lane, ConsumerGroupMetadata> groups) {
    public LaneMembers {
        groups = Map.copyOf(groups);
    }

    /** @throws RetriableStageException if the worker has not joined the lane's group yet */
    ConsumerGroupMetadata of(Lane lane) {
        ConsumerGroupMetadata group = groups.get(lane);
        // The brokers would take the number of one that has not joined for a group that nobody manages, and fence
        // nothing.
        if (group == null || group.generationId() < 0) {
            throw new RetriableStageException(
                    Stage.CLASSIFY, "Cannot publish results of lane " + lane + ": not in its group yet", null);
        }
        return group;
    }
}
