package org.ctstream.worker.exactlyonce;

import java.time.Duration;
import java.util.Collection;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.worker.publish.PublishThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lane's loop: poll, decode, hand to the engine. Nothing is committed before its result or dead letter is; when the
 * partitions go, what the engine has in hand of the lane is finished and committed first.
 *
 * <h2>Thread safety</h2>
 * {@link #run} belongs to one thread; {@link #requestStop} is safe from any.
 */
final class LaneLoop implements ConsumerRebalanceListener {
    private static final Logger log = LoggerFactory.getLogger(LaneLoop.class);

    /** How long poll may sleep while records wait for the schema registry. */
    private static final Duration POLL_WHILE_RECORDS_WAIT = Duration.ofMillis(5);
    /**
     * Short, because the consumer asks the broker anew only as poll begins: where an empty answer comes while poll waits,
     * scans that come after it are seen when that poll is over.
     */
    private static final Duration POLL_WHILE_IDLE = Duration.ofMillis(50);

    private static final Duration WAIT_FOR_ROOM = Duration.ofMillis(50);
    private static final Duration WAIT_FOR_ATTEMPT = Duration.ofMillis(100);

    private final LaneConsumer consumer;
    private final LaneFeed feed;
    private final LaneDrain drain;
    private final Runnable check;
    private final PublishThread publishing;
    private volatile boolean drained;
    private volatile boolean stopping;

    /**
     * @param check called each time round; throws if the lane cannot go on
     * @param drains makes the lane's drain from what has to be called while it waits
     */
    LaneLoop(
            LaneConsumer consumer,
            LaneFeed feed,
            PublishThread publishing,
            Runnable check,
            Function<Runnable, LaneDrain> drains) {
        this.consumer = consumer;
        this.feed = feed;
        this.publishing = publishing;
        this.check = check;
        this.drain = drains.apply(this::check);
    }

    /** Runs until {@link #requestStop}, then finishes and commits what the engine has in hand of the lane. */
    void run() {
        try {
            consumer.subscribe(this);
            boolean progressed = false;
            while (!stopping) {
                turn(progressed || feed.isEmpty());
                progressed = feed.run();
            }
            drain.run("stop");
        } finally {
            // Closing the consumer calls the listener once more: what could be drained has been, and nobody publishes
            // then.
            drained = true;
        }
    }

    void requestStop() {
        stopping = true;
    }

    /**
     * A transaction under way may hold results of these partitions from before they were lost, and the brokers may still
     * take it: a worker that comes back into its group before it was thrown out keeps its epoch there. So it ends first,
     * and only then is it asked from which offset on to read.
     */
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        while (!publishing.awaitAttempt(WAIT_FOR_ATTEMPT)) {
            check();
        }
        consumer.assigned(partitions);
        log.atInfo().addKeyValue("partitions", partitions).log("Partitions assigned");
    }

    /** The partitions are still ours here: what the engine has in hand is finished and committed before they go. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (!drained) {
            drain.run("rebalance");
        }
        forget(partitions);
        log.atInfo().addKeyValue("partitions", partitions).log("Partitions revoked");
    }

    /** They were given to others while we were away: nothing of theirs may be committed any more. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        forget(partitions);
        log.atWarn().addKeyValue("partitions", partitions).log("Partitions lost");
    }

    private void turn(boolean moving) {
        check();
        consumer.setPaused(!feed.wantsMore());
        if (feed.isHeldUp()) {
            // The engine is the bottleneck: wait for it, not for Kafka, and poll only to stay in the group.
            feed.awaitRoom(WAIT_FOR_ROOM);
        }
        if (consumer.mayPoll()) {
            consumer.poll(
                    feed.isEmpty() ? POLL_WHILE_IDLE : moving ? Duration.ZERO : POLL_WHILE_RECORDS_WAIT, feed::add);
        } else {
            feed.awaitSettled(WAIT_FOR_ROOM);
        }
    }

    private void check() {
        consumer.refreshGroup();
        check.run();
    }

    private void forget(Collection<TopicPartition> partitions) {
        consumer.removed(partitions);
        feed.dropForeign();
    }
}
