package org.ctstream.sink.example;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.ctstream.schemas.avro.ScanAlerted;
import org.ctstream.schemas.serde.AvroDeserializer;

/** The consumer in docs/guide-alerts.md: a test compares the two and runs this one. */
public final class AlertConsumerExample {
    private AlertConsumerExample() {}

    /** Hands over every alert while it runs. */
    public static void consume(String brokers, String registry, BooleanSupplier running, Consumer<ScanAlerted> page) {
        // begin
        Map<String, Object> config = Map.of(
                "bootstrap.servers", brokers,
                "schema.registry.url", registry,
                "group.id", "paging",
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed",
                "key.deserializer", StringDeserializer.class,
                "value.deserializer", AvroDeserializer.class,
                "specific.avro.reader", true);
        try (var consumer = new KafkaConsumer<String, ScanAlerted>(config)) {
            consumer.subscribe(List.of("ct.scan.alerted"));
            while (running.getAsBoolean()) {
                consumer.poll(Duration.ofSeconds(1)).forEach(alert -> page.accept(alert.value()));
            }
        }
        // end
    }
}
