package org.ctstream.worker.exactlyonce;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;
import org.ctstream.service.health.Health;
import org.ctstream.service.health.HealthParts;
import org.ctstream.service.lifecycle.RetryPause;
import org.ctstream.worker.consume.Assignments;
import org.ctstream.worker.predict.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lane's consumer, with what is known of its place in the group. A broker that is away is tried again.
 *
 * <h2>Thread safety</h2>
 * For one thread, the lane's; {@link #group} and {@link #isOurs} may be asked by any.
 */
final class LaneConsumer {
    private static final Logger log = LoggerFactory.getLogger(LaneConsumer.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration SLOWEST_RETRY = Duration.ofSeconds(5);

    private final Lane lane;
    private final Consumer<byte[], byte[]> consumer;
    private final Assignments assignments;
    private final Health health;
    private final String part;
    private final RetryPause pause = new RetryPause(FIRST_RETRY, SLOWEST_RETRY, System::nanoTime);
    /** As of the last poll: the consumer may be asked by its thread only. */
    private volatile ConsumerGroupMetadata group;

    private boolean failed;

    LaneConsumer(Lane lane, Consumer<byte[], byte[]> consumer, Assignments assignments, Health health) {
        this.lane = lane;
        this.consumer = consumer;
        this.assignments = assignments;
        this.health = health;
        this.part = lane == Lane.ROUTINE ? HealthParts.KAFKA : HealthParts.KAFKA + "-" + lane.word();
        this.group = consumer.groupMetadata();
        health.notReady(part, "starting");
    }

    void subscribe(ConsumerRebalanceListener listener) {
        consumer.subscribe(Set.of(lane.normalized().topicName()), listener);
    }

    void assigned(Collection<TopicPartition> partitions) {
        assignments.assigned(partitions);
        health.ready(part);
    }

    void removed(Collection<TopicPartition> partitions) {
        assignments.removed(partitions);
    }

    /** The group as the consumer knows it now. */
    ConsumerGroupMetadata group() {
        return group;
    }

    void refreshGroup() {
        group = consumer.groupMetadata();
    }

    /** False for what another worker will do again. */
    boolean isOurs(Outcome outcome) {
        return assignments.isCurrent(outcome.scan().original(), outcome.scan().assignment());
    }

    /** False for a while after a poll that failed. */
    boolean mayPoll() {
        return pause.isOver();
    }

    /** A broker that is away, or a group that has given us up, is joined again by the consumer itself. */
    void poll(Duration timeout, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> target) {
        try {
            var records = consumer.poll(timeout);
            // Before the engine sees any of them: their results are fenced by the assignment they were read under.
            refreshGroup();
            for (ConsumerRecord<byte[], byte[]> record : records) {
                target.accept(record);
            }
            succeeded();
        } catch (KafkaException e) {
            StageException failure = Failures.of(Stage.DESERIALIZE, e);
            if (!(failure instanceof RetriableStageException)) {
                throw failure;
            }
            pause.failed();
            failed = true;
            health.notReady(part, String.valueOf(failure.getMessage()));
            log.atWarn()
                    .addKeyValue("lane", lane.word())
                    .addKeyValue("reason", failure.getMessage())
                    .log("Cannot poll; trying again");
        }
    }

    /** Only our own partitions: the consumer's view may still hold one that has just gone. */
    void setPaused(boolean wanted) {
        Set<TopicPartition> change = new HashSet<>(assignments.partitions());
        if (wanted) {
            change.removeAll(consumer.paused());
            consumer.pause(change);
        } else {
            change.retainAll(consumer.paused());
            consumer.resume(change);
        }
    }

    private void succeeded() {
        pause.succeeded();
        if (failed) {
            failed = false;
            health.ready(part);
        }
    }
}
