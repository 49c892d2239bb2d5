package org.ctstream.sink.example;

import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.ctstream.schemas.avro.ScanAlerted;

/** The consumer in docs/guide-alerts.md: a test compares the two and runs this one. */
public final class AlertConsumerExample {
    private AlertConsumerExample() {}

    /** Hands over every alert while it runs. */
    public static void consume(String brokers, String registry, BooleanSupplier running, Consumer<ScanAlerted> page)
            throws IOException {
        // begin
        var config = new Properties();
        config.load(new StringReader("""
                group.id=paging
                auto.offset.reset=earliest
                isolation.level=read_committed
                key.deserializer=org.apache.kafka.common.serialization.StringDeserializer
                value.deserializer=org.ctstream.schemas.serde.AvroDeserializer
                specific.avro.reader=true
                """));
        config.put("bootstrap.servers", brokers);
        config.put("schema.registry.url", registry);
        try (var consumer = new KafkaConsumer<String, ScanAlerted>(config)) {
            consumer.subscribe(List.of("ct.scan.alerted"));
            while (running.getAsBoolean()) {
                consumer.poll(Duration.ofSeconds(1)).forEach(alert -> page.accept(alert.value()));
            }
        }
        // end
    }
}
