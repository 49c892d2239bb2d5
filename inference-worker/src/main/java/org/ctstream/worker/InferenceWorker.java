package org.ctstream.worker;

import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.ctstream.model.engine.Engines;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.health.Health;
import org.ctstream.service.http.HttpEndpoint;
import org.ctstream.service.kafka.RecordConsumers;
import org.ctstream.service.kafka.TransactionalProducers;
import org.ctstream.service.lifecycle.StreamService;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.service.topic.Preparation;
import org.ctstream.worker.consume.Assignments;
import org.ctstream.worker.consume.Inbox;
import org.ctstream.worker.consume.ScanDecoding;
import org.ctstream.worker.predict.BatchLimits;
import org.ctstream.worker.predict.EnginePipeline;
import org.ctstream.worker.publish.CommittedOffsets;
import org.ctstream.worker.publish.Outbox;
import org.ctstream.worker.publish.ResultPublisher;
import org.jspecify.annotations.Nullable;

/** One inference worker: classifies normalized scans, exactly once, with one engine. */
public final class InferenceWorker implements StreamService {
    public static final String NAME = "inference-worker";

    /** A worker killed inside a transaction holds up readers of the results for this long, no longer. */
    private static final int TRANSACTION_TIMEOUT_MS = 10_000;
    /** Well below the liveness bound, so that a broker that is away is told apart from a loop that hangs. */
    private static final int MAX_BLOCK_MS = 15_000;

    /** Small batches are read ahead of and published together too, or each would pay for a poll and a transaction. */
    private static final int LEAST_READ_AHEAD = 128;

    /** Bounds the heap that undecoded records take: 512 slices of 50 kB are 26 MB. */
    private static final int MOST_READ_AHEAD = 512;

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    /** Enough for many batches of slices of 50 kB, so that the fetcher keeps ahead of the engine. */
    private static final int FETCH_BYTES_PER_PARTITION = 4 << 20;

    private final ServiceConfig config;
    private final Engines engines;
    private final Clock clock;
    private final Health health;
    private final Metrics metrics;
    private final HttpEndpoint http;
    private volatile @Nullable WorkerLoop loop;
    private volatile boolean stopRequested;

    private InferenceWorker(ServiceConfig config, Engines engines, Clock clock) {
        this.config = config;
        this.engines = engines;
        this.clock = clock;
        this.health = new Health(clock, config.millis(CommonKeys.LIVENESS_TIMEOUT_MS));
        this.metrics = new Metrics(NAME);
        health.notReady("engine", "starting");
        health.notReady("kafka", "starting");
        this.http = HttpEndpoint.open(config, health, metrics, routes -> {});
    }

    /** A worker of that configuration (keys: {@link WorkerKeys}); opens the HTTP port and nothing else yet. */
    public static InferenceWorker create(ServiceConfig config) {
        return create(config, Engines.standard());
    }

    /** A worker that knows these engines. */
    static InferenceWorker create(ServiceConfig config, Engines engines) {
        return new InferenceWorker(config, engines, Clock.systemUTC());
    }

    @Override
    public String name() {
        return NAME;
    }

    /** The HTTP port that was opened. */
    public int httpPort() {
        return http.port();
    }

    @Override
    public void run() {
        Preparation.await(config, health, () -> stopRequested);
        if (stopRequested) {
            return;
        }
        var limits = new BatchLimits(
                config.integer(WorkerKeys.BATCH_MAX_SIZE),
                config.integer(WorkerKeys.BATCHES_IN_FLIGHT),
                config.millis(WorkerKeys.BATCH_MAX_WAIT_MS));
        var outbox = new Outbox();
        try (var models = ModelSources.of(config, engines, health, metrics)) {
            models.start(
                            opener -> new EnginePipeline(opener, limits, outbox::add, health, metrics, clock),
                            () -> stopRequested)
                    .ifPresent(engine -> serve(engine, limits, outbox));
        }
    }

    private void serve(EnginePipeline started, BatchLimits limits, Outbox outbox) {
        int readAhead = Math.max(
                Math.max(limits.maxSize(), LEAST_READ_AHEAD),
                Math.min(limits.maxSize() * limits.inFlight(), MOST_READ_AHEAD));
        try (var engine = started;
                KafkaConsumer<byte[], byte[]> consumer = consumer(readAhead)) {
            metrics.bindClosing(new KafkaClientMetrics(consumer));
            var assignments = new Assignments();
            var decoding = new ScanDecoding(Serializers.valueDeserializer(config.serializers(), ScanNormalized.class));
            var current = new WorkerLoop(
                    consumer,
                    assignments,
                    new Inbox(decoding, assignments, health),
                    engine,
                    outbox,
                    publisher(),
                    health,
                    readAhead,
                    config.millis(CommonKeys.DRAIN_TIMEOUT_MS));
            loop = current;
            if (stopRequested) {
                current.requestStop();
            }
            current.run(Topic.SCAN_NORMALIZED.topicName());
        }
    }

    private ResultPublisher publisher() {
        return new ResultPublisher(
                this::producer,
                new CommittedOffsets(
                        () -> Admin.create(config.admin()), config.string(WorkerKeys.GROUP_ID), ANSWER_TIMEOUT),
                Serializers.valueSerializer(config.serializers()),
                instance(),
                metrics);
    }

    @Override
    public void requestStop() {
        stopRequested = true;
        health.notReady("lifecycle", "stopping");
        WorkerLoop current = loop;
        if (current != null) {
            current.requestStop();
        }
    }

    @Override
    public void close() {
        http.close();
        metrics.close();
    }

    private KafkaConsumer<byte[], byte[]> consumer(int readAhead) {
        return RecordConsumers.create(
                config,
                config.string(WorkerKeys.GROUP_ID),
                NAME + "-" + instance(),
                Map.of(
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        readAhead,
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        FETCH_BYTES_PER_PARTITION));
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return TransactionalProducers.create(
                config,
                NAME + "-" + instance(),
                "ctstream-" + NAME + "-" + instance(),
                Map.of(
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        TRANSACTION_TIMEOUT_MS,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        MAX_BLOCK_MS));
    }

    private String instance() {
        return config.string(CommonKeys.INSTANCE_NAME);
    }
}
