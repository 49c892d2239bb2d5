package org.ctstream.worker.exactlyonce;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.health.Health;
import org.ctstream.worker.consume.Assignments;
import org.ctstream.worker.consume.Inbox;
import org.ctstream.worker.consume.ScanDecoding;
import org.ctstream.worker.predict.EnginePipeline;
import org.ctstream.worker.predict.Outcome;
import org.ctstream.worker.publish.LaneMembers;
import org.ctstream.worker.publish.Outbox;
import org.ctstream.worker.publish.PublishThread;
import org.ctstream.worker.publish.ResultPublisher;

/**
 * The threads beside the engine's: one for each lane that polls, decodes and hands to the engine, and one that publishes
 * what the engine has finished.
 *
 * <p>Each lane has a consumer of its own, so that neither waits for the other's records: a consumer asks a broker for
 * nothing while it still has records of that broker to hand out.
 *
 * <h2>Thread safety</h2>
 * {@link #run} belongs to one thread; {@link #requestStop} is safe from any.
 */
final class LaneLoops {
    private final Map<Lane, LaneConsumer> consumers = new EnumMap<>(Lane.class);
    private final Map<Lane, LaneLoop> loops = new EnumMap<>(Lane.class);
    private final LifeSigns signs;
    private final PublishThread publishing;

    /**
     * @param given a consumer for each lane, to be closed by the caller after {@link #run}
     * @param decoding used by all lanes' threads
     * @param outbox where the engine puts what it has finished
     * @param publisher owned by this object from here on
     * @param readAhead undecoded records of a lane at which its polling pauses: enough for all batches the engine takes
     *     at once
     * @param drainTimeout longest wait for what is in hand when partitions go or the worker stops
     */
    LaneLoops(
            Map<Lane, ? extends Consumer<byte[], byte[]>> given,
            ScanDecoding decoding,
            EnginePipeline engine,
            Outbox outbox,
            ResultPublisher publisher,
            Health health,
            int readAhead,
            Duration drainTimeout) {
        this.signs = new LifeSigns(health);
        this.publishing = new PublishThread(outbox, publisher, this::isOurs, this::members, health);
        given.forEach((lane, kafka) -> {
            var assignments = new Assignments();
            var consumer = new LaneConsumer(lane, kafka, assignments, health);
            var feed = new LaneFeed(lane, new Inbox(decoding, assignments, health), engine, outbox, readAhead);
            consumers.put(lane, consumer);
            loops.put(
                    lane,
                    new LaneLoop(
                            consumer,
                            feed,
                            publishing,
                            () -> {
                                signs.moved(lane);
                                engine.check();
                                publishing.check();
                            },
                            check -> new LaneDrain(lane, engine, outbox, check, drainTimeout)));
        });
    }

    /**
     * Runs until {@link #requestStop}, then finishes and commits what the engine has in hand.
     *
     * @throws FatalStageException if only a person can mend what has ended a lane; the others are ended in good order
     */
    void run() {
        try (publishing) {
            publishing.start();
            List<CompletableFuture<Void>> lanes =
                    loops.entrySet().stream().map(this::start).toList();
            CompletableFuture.allOf(lanes.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** Ends every lane's loop. */
    void requestStop() {
        loops.values().forEach(LaneLoop::requestStop);
    }

    private CompletableFuture<Void> start(Map.Entry<Lane, LaneLoop> lane) {
        return CompletableFuture.runAsync(lane.getValue()::run, task -> {
                    var thread = new Thread(task, "lane-" + lane.getKey().word());
                    thread.setDaemon(true);
                    thread.start();
                })
                .whenComplete((nothing, failure) -> {
                    signs.ended(lane.getKey());
                    if (failure != null) {
                        requestStop();
                    }
                });
    }

    private boolean isOurs(Outcome outcome) {
        LaneConsumer consumer = consumers.get(outcome.scan().lane());
        return consumer != null && consumer.isOurs(outcome);
    }

    private LaneMembers members() {
        return new LaneMembers(consumers.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, consumer -> consumer.getValue().group())));
    }
}
