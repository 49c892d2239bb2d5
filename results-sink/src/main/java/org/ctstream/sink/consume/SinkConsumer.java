package org.ctstream.sink.consume;

import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Clock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.schemas.avro.ScanAlerted;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.health.Health;
import org.ctstream.service.kafka.RecordConsumers;
import org.ctstream.service.kafka.StaticMembership;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.sink.alert.AlertRecords;
import org.ctstream.sink.alert.AlertTransactions;
import org.ctstream.sink.store.ResultStore;

/** Joins the parts of the main loop, runs it, and closes what it opened. */
public final class SinkConsumer {
    private final ServiceConfig config;
    private final String group;
    private final ResultStore store;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Health health;
    private final Metrics metrics;
    private final SinkMeters meters;

    /** @param producers makes transactional producers that all have the same transactional id */
    public SinkConsumer(
            ServiceConfig config,
            String group,
            ResultStore store,
            Supplier<Producer<byte[], byte[]>> producers,
            Health health,
            Metrics metrics) {
        this.config = config;
        this.group = group;
        this.store = store;
        this.producers = producers;
        this.health = health;
        this.metrics = metrics;
        this.meters = new SinkMeters(metrics);
    }

    /** Reads until asked to stop. What is in hand then is finished first. */
    public void run(BooleanSupplier stopping) {
        String clientId = "ctstream-results-sink-" + config.string(CommonKeys.INSTANCE_NAME);
        try (KafkaConsumer<byte[], byte[]> consumer =
                        RecordConsumers.create(config, group, clientId, StaticMembership.settings(config));
                var consumerMetrics = new KafkaClientMetrics(consumer);
                var transactions = new AlertTransactions(producers, metrics.registry());
                Deserializer<ScanClassified> deserializer =
                        Serializers.valueDeserializer(config.serializers(), ScanClassified.class);
                Serializer<ScanAlerted> serializer = Serializers.valueSerializer(config.serializers())) {
            consumerMetrics.bindTo(metrics.registry());
            var processor = new PollProcessor(
                    new ResultDecoder(deserializer),
                    store,
                    new AlertRecords(serializer, metrics.tracing()),
                    transactions,
                    meters);
            new SinkLoop(consumer, new Positions(consumer, store), transactions, processor, health, Clock.systemUTC())
                    .run(stopping);
        }
    }
}
