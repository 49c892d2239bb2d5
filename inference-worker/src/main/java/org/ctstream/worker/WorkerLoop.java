package org.ctstream.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;
import org.ctstream.service.health.Health;
import org.ctstream.service.lifecycle.RetryPause;
import org.ctstream.worker.batch.PendingScan;
import org.ctstream.worker.consume.Assignments;
import org.ctstream.worker.consume.Inbox;
import org.ctstream.worker.predict.EnginePipeline;
import org.ctstream.worker.predict.Outcome;
import org.ctstream.worker.publish.Outbox;
import org.ctstream.worker.publish.PublishThread;
import org.ctstream.worker.publish.ResultPublisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker's loop: poll, decode, hand to the engine.
 *
 * <p>The engine computes on its own thread, and a third one publishes what it has finished, so that the loop goes on
 * meanwhile. Nothing is committed before its result or dead letter is, and both commit together; a worker that dies
 * leaves its scans to the others.
 *
 * <h2>Thread safety</h2>
 * {@link #run} belongs to one thread; {@link #requestStop} is safe from any.
 */
final class WorkerLoop implements ConsumerRebalanceListener {
    private static final Logger log = LoggerFactory.getLogger(WorkerLoop.class);
    private static final String PART = "kafka";
    /** How long poll may sleep while records wait for the schema registry. */
    private static final Duration POLL_WHILE_RECORDS_WAIT = Duration.ofMillis(5);

    /** Handed over together: one hand-over costs little then, and an idle engine does not wait long for its first. */
    private static final int MOST_AT_ONCE = 16;

    private static final Duration FIRST_POLL_RETRY = Duration.ofMillis(100);
    private static final Duration SLOWEST_POLL_RETRY = Duration.ofSeconds(5);
    /**
     * Short, because the consumer asks the broker anew only as poll begins: where an empty answer comes while poll waits,
     * scans that come after it are seen when that poll is over.
     */
    private static final Duration POLL_WHILE_IDLE = Duration.ofMillis(20);

    private static final Duration WAIT_WHILE_DRAINING = Duration.ofMillis(10);
    private static final Duration WAIT_FOR_ROOM = Duration.ofMillis(50);

    private final Consumer<byte[], byte[]> consumer;
    private final Assignments assignments;
    private final Inbox inbox;
    private final EnginePipeline engine;
    private final Outbox outbox;
    private final PublishThread publishing;
    private final Health health;
    private final int readAhead;
    private final Duration drainTimeout;
    private final RetryPause pollPause = new RetryPause(FIRST_POLL_RETRY, SLOWEST_POLL_RETRY, System::nanoTime);
    /** As of the last poll: the consumer may be asked by this thread only. */
    private volatile ConsumerGroupMetadata group;

    private boolean drained;
    private boolean pollFailed;
    private volatile boolean stopping;

    /** @param readAhead undecoded records at which polling pauses: enough for all batches the engine takes at once */
    WorkerLoop(
            Consumer<byte[], byte[]> consumer,
            Assignments assignments,
            Inbox inbox,
            EnginePipeline engine,
            Outbox outbox,
            ResultPublisher publisher,
            Health health,
            int readAhead,
            Duration drainTimeout) {
        this.consumer = consumer;
        this.assignments = assignments;
        this.inbox = inbox;
        this.engine = engine;
        this.outbox = outbox;
        this.group = consumer.groupMetadata();
        this.publishing = new PublishThread(outbox, publisher, this::isOurs, () -> group, health);
        this.health = health;
        this.readAhead = readAhead;
        this.drainTimeout = drainTimeout;
    }

    /** Runs until {@link #requestStop}, then finishes and commits what the engine has in hand. */
    void run(String topic) {
        try (publishing) {
            publishing.start();
            consumer.subscribe(Set.of(topic), this);
            boolean progressed = false;
            while (!stopping) {
                turn(progressed || inbox.isEmpty());
                progressed = feedEngine();
            }
            drain("stop");
        } finally {
            // Closing the consumer calls the listener once more: what could be drained has been, and nobody publishes
            // now.
            drained = true;
        }
    }

    private void turn(boolean moving) {
        check();
        boolean wantsMore = inbox.size() < readAhead;
        setPaused(!wantsMore);
        if (!inbox.isEmpty() && room() == 0) {
            // The engine is the bottleneck: wait for it, not for Kafka, and poll only to stay in the group.
            awaitRoom();
        }
        poll(inbox.isEmpty() ? POLL_WHILE_IDLE : moving ? Duration.ZERO : POLL_WHILE_RECORDS_WAIT);
    }

    private void check() {
        health.signOfLife();
        group = consumer.groupMetadata();
        engine.check();
        publishing.check();
    }

    void requestStop() {
        stopping = true;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        assignments.assigned(partitions);
        health.ready(PART);
        log.atInfo().addKeyValue("partitions", partitions).log("Partitions assigned");
    }

    /** The partitions are still ours here: what the engine has in hand is finished and committed before they go. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (!drained) {
            drain("rebalance");
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

    private void forget(Collection<TopicPartition> partitions) {
        assignments.removed(partitions);
        // What the engine has of theirs is dropped when it comes out.
        inbox.dropForeign();
    }

    /** A broker that is away, or a group that has given us up, is joined again by the consumer itself. */
    private void poll(Duration timeout) {
        if (!pollPause.isOver()) {
            outbox.awaitSettled(WAIT_FOR_ROOM);
            return;
        }
        try {
            var records = consumer.poll(timeout);
            // Before the engine sees any of them: their results are fenced by the assignment they were read under.
            group = consumer.groupMetadata();
            for (ConsumerRecord<byte[], byte[]> record : records) {
                inbox.add(record);
            }
            pollSucceeded();
        } catch (KafkaException e) {
            StageException failure = Failures.of(Stage.DESERIALIZE, e);
            if (!(failure instanceof RetriableStageException)) {
                throw failure;
            }
            pollPause.failed();
            pollFailed = true;
            health.notReady(PART, String.valueOf(failure.getMessage()));
            log.atWarn().addKeyValue("reason", failure.getMessage()).log("Cannot poll; trying again");
        }
    }

    private void pollSucceeded() {
        pollPause.succeeded();
        if (pollFailed) {
            pollFailed = false;
            health.ready(PART);
        }
    }

    /** Only our own partitions: the consumer's view may still hold one that has just gone. */
    private void setPaused(boolean wanted) {
        Set<TopicPartition> ours = assignments.partitions();
        Set<TopicPartition> change = new HashSet<>(ours);
        if (wanted) {
            change.removeAll(consumer.paused());
            consumer.pause(change);
        } else {
            change.retainAll(consumer.paused());
            consumer.resume(change);
        }
    }

    /** Decodes and hands to the engine as far as there is room; true if anything moved. */
    private boolean feedEngine() {
        int before = inbox.size();
        List<PendingScan> decoded = decode();
        while (!decoded.isEmpty()) {
            engine.submit(decoded);
            decoded = decode();
        }
        return inbox.size() < before;
    }

    private List<PendingScan> decode() {
        var decoded = new ArrayList<PendingScan>(MOST_AT_ONCE);
        inbox.decode(Math.min(room(), MOST_AT_ONCE), decoded::add);
        return decoded;
    }

    /** Results that cannot be published hold up the engine too, or they would fill the memory. */
    private int room() {
        return outbox.size() < readAhead ? engine.room() : 0;
    }

    private void awaitRoom() {
        if (outbox.size() < readAhead) {
            engine.awaitRoom(WAIT_FOR_ROOM);
        } else {
            outbox.awaitSettled(WAIT_FOR_ROOM);
        }
    }

    private boolean isOurs(Outcome outcome) {
        return assignments.isCurrent(outcome.scan().original(), outcome.scan().assignment());
    }

    private void drain(String why) {
        long deadline = System.nanoTime() + drainTimeout.toNanos();
        engine.hurry(true);
        while (hasSomethingInHand() && System.nanoTime() - deadline < 0) {
            check();
            outbox.awaitSettled(WAIT_WHILE_DRAINING);
        }
        engine.hurry(false);
        if (engine.inHand() > 0 || !outbox.isEmpty()) {
            log.atWarn()
                    .addKeyValue("why", why)
                    .addKeyValue("withEngine", engine.inHand())
                    .addKeyValue("outcomes", outbox.size())
                    .addKeyValue("drainTimeoutMs", TimeUnit.NANOSECONDS.toMillis(drainTimeout.toNanos()))
                    .log("Could not drain in time; another worker does these scans again");
        }
    }

    /** The engine is asked first: what leaves its hand is in the outbox by then. A lost one hands nothing over. */
    private boolean hasSomethingInHand() {
        boolean withEngine = engine.inHand() > 0 && !engine.isLost();
        return withEngine || !outbox.isEmpty();
    }
}
