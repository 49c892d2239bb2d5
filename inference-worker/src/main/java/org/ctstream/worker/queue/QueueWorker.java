package org.ctstream.worker.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.health.Health;
import org.ctstream.service.health.HealthParts;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.worker.consume.DeliveryLoop;
import org.ctstream.worker.consume.ScanDecoding;
import org.ctstream.worker.gate.ScanGate;
import org.ctstream.worker.metrics.WorkerMeter;
import org.ctstream.worker.predict.EnginePipeline;
import org.ctstream.worker.predict.Outcome;
import org.ctstream.worker.publish.AcknowledgedPublisher;
import org.ctstream.worker.publish.OutcomeRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes scans from the share groups of both lanes, has them classified, publishes each result and then accepts its scan.
 *
 * <p>A scan whose worker dies is delivered again, to any worker. Its result may then be published twice, with the same
 * result id.
 *
 * <h2>Thread safety</h2>
 * {@link #run} belongs to one thread; the others are safe from any.
 */
public final class QueueWorker implements DeliveryLoop {
    private static final Logger log = LoggerFactory.getLogger(QueueWorker.class);
    private static final long TURN_MS = 50;
    private static final long TURN_WHILE_DRAINING_MS = 10;
    /** More than closing a share consumer takes. */
    private static final Duration END_TIMEOUT = Duration.ofSeconds(10);
    /** A device that is lost for longer keeps others from doing these scans. */
    private static final Duration PATIENCE_WITH_THE_ENGINE = Duration.ofSeconds(10);
    /** A share consumer that is being opened has no connection either. */
    private static final Duration PATIENCE_WITH_THE_BROKER = Duration.ofSeconds(2);

    private final ServiceConfig config;
    private final QueueSettings settings;
    private final ScanGate gate;
    private final Health health;
    private final OpenDeliveries deliveries = new OpenDeliveries();
    private final QueueMeters meters;
    private final Metrics metrics;
    private final AcknowledgedPublisher publisher;
    private final CountDownLatch stop = new CountDownLatch(1);
    private long engineSeen = System.nanoTime();
    private long brokerSeen = System.nanoTime();

    public QueueWorker(ServiceConfig config, QueueSettings settings, ScanGate gate, Health health, Metrics metrics) {
        this.config = config;
        this.gate = gate;
        this.settings = settings;
        this.health = health;
        this.metrics = metrics;
        this.meters = new QueueMeters(metrics, deliveries::size);
        this.publisher = new AcknowledgedPublisher(
                () -> QueueClients.producer(config, settings.instance() + "-queue-results"),
                new OutcomeRecords(
                        Serializers.valueSerializer(config.serializers()),
                        settings.instance(),
                        settings.embeddings(),
                        metrics),
                deliveries::published,
                health);
    }

    /** Takes over what the engine has finished, on the engine's thread. */
    @Override
    public void finished(List<Outcome> outcomes) {
        publisher.add(outcomes);
    }

    @Override
    public void requestStop() {
        stop.countDown();
    }

    /** Runs until {@link #requestStop}, then finishes what the engine has in hand; the rest is Kafka's again. */
    @Override
    public void run(EnginePipeline engine) {
        List<HandThread> hands = hands(engine);
        try (publisher) {
            publisher.start();
            hands.forEach(HandThread::start);
            while (!isStopped(TURN_MS)) {
                check(engine, hands);
            }
            drain(engine, hands);
        } finally {
            hands.forEach(HandThread::abandon);
            hands.forEach(hand -> hand.join(END_TIMEOUT));
        }
    }

    private List<HandThread> hands(EnginePipeline engine) {
        var limit = new DeliveryLimit(settings.deliveryLimit());
        var hands = new ArrayList<HandThread>();
        for (Lane lane : Lane.values()) {
            var decoding = new ScanDecoding(
                    Serializers.valueDeserializer(config.serializers(), ScanNormalized.class),
                    gate,
                    metrics.timer(WorkerMeter.INPUT));
            var intake = new Intake(lane, decoding, limit, engine, publisher, health);
            for (int i = 1; i <= settings.hands(lane); i++) {
                String name = "hand-" + lane.word() + "-" + i;
                hands.add(new HandThread(
                        name,
                        settled -> new Hand(
                                QueueClients.consumer(
                                        config,
                                        settings.group(lane),
                                        settings.instance() + "-" + name,
                                        settings.recordsPerHand()),
                                Set.of(lane.normalized().topicName()),
                                deliveries,
                                settled,
                                meters),
                        intake,
                        settings.lockDuration()));
            }
        }
        return hands;
    }

    private void check(EnginePipeline engine, List<HandThread> hands) {
        health.signOfLife();
        engine.check();
        publisher.check();
        hands.forEach(HandThread::check);
        long now = System.nanoTime();
        engineSeen = engine.isLost() ? engineSeen : now;
        boolean resting = isOver(PATIENCE_WITH_THE_ENGINE, now - engineSeen);
        hands.forEach(hand -> hand.rest(resting));
        if (resting || hands.stream().anyMatch(HandThread::isConnected)) {
            brokerSeen = now;
            health.ready(HealthParts.KAFKA);
        } else if (isOver(PATIENCE_WITH_THE_BROKER, now - brokerSeen)) {
            health.notReady(HealthParts.KAFKA, "no share consumer has a connection to a broker");
        }
    }

    private void drain(EnginePipeline engine, List<HandThread> hands) {
        hands.forEach(HandThread::stop);
        hurry(engine, true);
        long begun = System.nanoTime();
        while (!hands.stream().allMatch(HandThread::hasEnded)
                && !engine.isLost()
                && !isOver(settings.drainTimeout(), System.nanoTime() - begun)) {
            check(engine, hands);
            hands.forEach(hand -> hand.join(Duration.ofMillis(TURN_WHILE_DRAINING_MS)));
        }
        hurry(engine, false);
        if (deliveries.size() > 0) {
            log.atWarn()
                    .addKeyValue("scans", deliveries.size())
                    .addKeyValue("drainTimeoutMs", settings.drainTimeout().toMillis())
                    .log("Could not drain in time; Kafka gives these scans to other workers");
        }
    }

    private static void hurry(EnginePipeline engine, boolean wanted) {
        for (Lane lane : Lane.values()) {
            engine.hurry(lane, wanted);
        }
    }

    private boolean isStopped(long afterMs) {
        try {
            return stop.await(afterMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static boolean isOver(Duration bound, long nanos) {
        return nanos > bound.toNanos();
    }
}
