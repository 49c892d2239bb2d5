package org.ctstream.worker.exactlyonce;

import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.health.Health;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.worker.consume.DeliveryLoop;
import org.ctstream.worker.consume.ScanDecoding;
import org.ctstream.worker.gate.ScanGate;
import org.ctstream.worker.metrics.WorkerMeter;
import org.ctstream.worker.predict.EnginePipeline;
import org.ctstream.worker.predict.Outcome;
import org.ctstream.worker.publish.Outbox;
import org.ctstream.worker.publish.OutcomeRecords;
import org.ctstream.worker.publish.ResultPublisher;
import org.jspecify.annotations.Nullable;

/**
 * Takes scans by a consumer group for each lane; results, dead letters and offsets commit together. A worker that dies
 * leaves its scans to the others, and none of them is classified twice.
 */
public final class ExactlyOnceWorker implements DeliveryLoop {
    private final ServiceConfig config;
    private final ExactlyOnceSettings settings;
    private final ScanGate gate;
    private final Health health;
    private final Metrics metrics;
    private final ExactlyOnceClients clients;
    private final Outbox outbox = new Outbox();
    private volatile @Nullable LaneLoops loops;
    private volatile boolean stopRequested;

    public ExactlyOnceWorker(
            ServiceConfig config, ExactlyOnceSettings settings, ScanGate gate, Health health, Metrics metrics) {
        this.config = config;
        this.gate = gate;
        this.settings = settings;
        this.health = health;
        this.metrics = metrics;
        this.clients = new ExactlyOnceClients(config, settings);
    }

    @Override
    public void finished(List<Outcome> outcomes) {
        outbox.add(outcomes);
    }

    @Override
    public void run(EnginePipeline engine) {
        try (KafkaConsumer<byte[], byte[]> routine = consumer(Lane.ROUTINE);
                KafkaConsumer<byte[], byte[]> stat = consumer(Lane.STAT)) {
            var current = new LaneLoops(
                    Map.of(Lane.ROUTINE, routine, Lane.STAT, stat),
                    new ScanDecoding(
                            Serializers.valueDeserializer(config.serializers(), ScanNormalized.class),
                            gate,
                            metrics.timer(WorkerMeter.INPUT)),
                    engine,
                    outbox,
                    publisher(),
                    health,
                    settings.readAhead(),
                    settings.drainTimeout());
            loops = current;
            if (stopRequested) {
                current.requestStop();
            }
            current.run();
        }
    }

    @Override
    public void requestStop() {
        stopRequested = true;
        LaneLoops current = loops;
        if (current != null) {
            current.requestStop();
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer(Lane lane) {
        KafkaConsumer<byte[], byte[]> consumer = clients.consumer(lane);
        metrics.bindClosing(new KafkaClientMetrics(consumer));
        return consumer;
    }

    private ResultPublisher publisher() {
        return new ResultPublisher(
                clients::producer,
                clients.committedOffsets(),
                new OutcomeRecords(
                        Serializers.valueSerializer(config.serializers()),
                        settings.instance(),
                        settings.embeddings(),
                        metrics),
                Clock.systemUTC());
    }
}
