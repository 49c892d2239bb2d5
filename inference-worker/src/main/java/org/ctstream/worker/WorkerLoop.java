package org.ctstream.worker;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
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
import org.ctstream.worker.batch.Batcher;
import org.ctstream.worker.consume.Assignments;
import org.ctstream.worker.consume.Inbox;
import org.ctstream.worker.predict.EnginePipeline;
import org.ctstream.worker.publish.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker's loop: poll, decode, batch, hand to the engine, publish what the engine has finished.
 *
 * <p>Nothing is committed before its result or dead letter is, and both commit together; a worker that dies leaves its
 * scans to the others. The engine computes on its own thread, so that the loop goes on meanwhile.
 *
 * <h2>Thread safety</h2>
 * {@link #run} belongs to one thread; {@link #requestStop} is safe from any.
 */
final class WorkerLoop implements ConsumerRebalanceListener {
    private static final Logger log = LoggerFactory.getLogger(WorkerLoop.class);
    /** How long poll may sleep while the engine works: bounds how late a finished batch is noticed. */
    private static final Duration POLL_WHILE_ENGINE_WORKS = Duration.ofMillis(5);

    private static final Duration FIRST_POLL_RETRY = Duration.ofMillis(100);
    private static final Duration SLOWEST_POLL_RETRY = Duration.ofSeconds(5);
    private static final Duration POLL_WHILE_IDLE = Duration.ofMillis(100);
    private static final Duration WAIT_FOR_ENGINE = Duration.ofMillis(50);

    private final Consumer<byte[], byte[]> consumer;
    private final Assignments assignments;
    private final Inbox inbox;
    private final Batcher batcher;
    private final EnginePipeline engine;
    private final Outbox outbox;
    private final Health health;
    private final int batchSize;
    private final int readAhead;
    private final Duration drainTimeout;
    private final RetryPause pollPause = new RetryPause(FIRST_POLL_RETRY, SLOWEST_POLL_RETRY, System::nanoTime);
    private boolean drained;
    private volatile boolean stopping;

    /** @param readAhead undecoded records at which polling pauses: enough for all batches the engine takes at once */
    WorkerLoop(
            Consumer<byte[], byte[]> consumer,
            Assignments assignments,
            Inbox inbox,
            Batcher batcher,
            EnginePipeline engine,
            Outbox outbox,
            Health health,
            int batchSize,
            int readAhead,
            Duration drainTimeout) {
        this.consumer = consumer;
        this.assignments = assignments;
        this.inbox = inbox;
        this.batcher = batcher;
        this.engine = engine;
        this.outbox = outbox;
        this.health = health;
        this.batchSize = batchSize;
        this.readAhead = readAhead;
        this.drainTimeout = drainTimeout;
    }

    /** Runs until {@link #requestStop}, then finishes and commits what the engine has in hand. */
    void run(String topic) {
        consumer.subscribe(Set.of(topic), this);
        boolean progressed = false;
        while (!stopping) {
            health.signOfLife();
            boolean wantsMore = inbox.size() < readAhead;
            setPaused(!wantsMore);
            if (!wantsMore && !engine.hasRoom()) {
                // The engine is the bottleneck: wait for it, not for Kafka, and poll only to stay in the group.
                collectFinished(WAIT_FOR_ENGINE);
            }
            poll(wantsMore ? pollTimeout() : progressed ? Duration.ZERO : POLL_WHILE_ENGINE_WORKS);
            progressed = feedEngine();
            collectFinished(Duration.ZERO);
            outbox.publish(consumer.groupMetadata());
        }
        drain("stop");
        // Closing the consumer calls the listener once more; what could be drained has been.
        drained = true;
    }

    void requestStop() {
        stopping = true;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        assignments.assigned(partitions);
        health.ready("kafka");
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
        inbox.dropForeign();
        batcher.dropIf(scan -> !assignments.isCurrent(scan.original(), scan.assignment()));
        dropForeignOutcomes();
    }

    private Duration pollTimeout() {
        if (engine.inFlight() > 0 || !outbox.isEmpty() || !inbox.isEmpty()) {
            return POLL_WHILE_ENGINE_WORKS;
        }
        Duration untilDue = Duration.ofNanos(batcher.nanosUntilDue());
        return untilDue.compareTo(POLL_WHILE_IDLE) < 0 ? untilDue : POLL_WHILE_IDLE;
    }

    /** A broker that is away, or a group that has given us up, is joined again by the consumer itself. */
    private void poll(Duration timeout) {
        if (!pollPause.isOver()) {
            collectFinished(WAIT_FOR_ENGINE);
            return;
        }
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout)) {
                inbox.add(record);
            }
            pollPause.succeeded();
        } catch (KafkaException e) {
            StageException failure = Failures.of(Stage.DESERIALIZE, e);
            if (!(failure instanceof RetriableStageException)) {
                throw failure;
            }
            pollPause.failed();
            health.notReady("kafka", String.valueOf(failure.getMessage()));
            log.atWarn().addKeyValue("reason", failure.getMessage()).log("Cannot poll; trying again");
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

    /** Decodes, batches and submits as far as the engine and the outbox have room; true if anything moved. */
    private boolean feedEngine() {
        int before = inbox.size() + batcher.waiting();
        do {
            inbox.decode(batchSize - batcher.waiting(), batcher::add);
        } while (hasRoom() && submitDue() && !inbox.isEmpty());
        return inbox.size() + batcher.waiting() < before;
    }

    /** Results that cannot be published hold up the engine too, or they would fill the memory. */
    private boolean hasRoom() {
        return engine.hasRoom() && outbox.size() < readAhead;
    }

    private boolean submitDue() {
        var due = batcher.takeDue();
        due.ifPresent(engine::submit);
        return due.isPresent();
    }

    private void collectFinished(Duration wait) {
        outbox.add(engine.takeFinished(wait));
        dropForeignOutcomes();
    }

    private void dropForeignOutcomes() {
        outbox.dropIf(outcome ->
                !assignments.isCurrent(outcome.scan().original(), outcome.scan().assignment()));
    }

    private void drain(String why) {
        long deadline = System.nanoTime() + drainTimeout.toNanos();
        while (((engine.inFlight() > 0 && !engine.isLost()) || !outbox.isEmpty()) && System.nanoTime() - deadline < 0) {
            health.signOfLife();
            collectFinished(WAIT_FOR_ENGINE);
            outbox.publish(consumer.groupMetadata());
        }
        if (engine.inFlight() > 0 || !outbox.isEmpty()) {
            log.atWarn()
                    .addKeyValue("why", why)
                    .addKeyValue("batches", engine.inFlight())
                    .addKeyValue("outcomes", outbox.size())
                    .addKeyValue("drainTimeoutMs", TimeUnit.NANOSECONDS.toMillis(drainTimeout.toNanos()))
                    .log("Could not drain in time; another worker does these scans again");
        }
    }
}
