package org.ctstream.worker.exactlyonce;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.kafka.RecordConsumers;
import org.ctstream.service.kafka.StaticMembership;
import org.ctstream.service.kafka.TransactionalProducers;
import org.ctstream.worker.publish.CommittedOffsets;

/** Kafka clients of a worker that delivers exactly once. */
final class ExactlyOnceClients {
    private static final String NAME = "inference-worker-";

    /** A worker killed inside a transaction holds up readers of the results for this long, no longer. */
    private static final int TRANSACTION_TIMEOUT_MS = 10_000;
    /** Well below the liveness bound, so that a broker that is away is told apart from a loop that hangs. */
    private static final int MAX_BLOCK_MS = 15_000;

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    /** Enough for many batches of slices of 50 kB, so that the fetcher keeps ahead of the engine. */
    private static final int FETCH_BYTES_PER_PARTITION = 4 << 20;

    private final ServiceConfig config;
    private final ExactlyOnceSettings settings;

    ExactlyOnceClients(ServiceConfig config, ExactlyOnceSettings settings) {
        this.config = config;
        this.settings = settings;
    }

    KafkaConsumer<byte[], byte[]> consumer(Lane lane) {
        var defaults = new HashMap<>(StaticMembership.settings(config));
        defaults.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.readAhead());
        defaults.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES_PER_PARTITION);
        String suffix = lane == Lane.ROUTINE ? "" : "-" + lane.word();
        return RecordConsumers.create(config, settings.group(lane), NAME + settings.instance() + suffix, defaults);
    }

    KafkaProducer<byte[], byte[]> producer() {
        return TransactionalProducers.create(
                config,
                NAME + settings.instance(),
                "ctstream-" + NAME + settings.instance(),
                Map.of(
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        TRANSACTION_TIMEOUT_MS,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        MAX_BLOCK_MS));
    }

    CommittedOffsets committedOffsets() {
        return new CommittedOffsets(() -> Admin.create(config.admin()), settings::group, ANSWER_TIMEOUT);
    }
}
