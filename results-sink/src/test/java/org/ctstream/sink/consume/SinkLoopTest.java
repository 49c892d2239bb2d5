package org.ctstream.sink.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedMemberEpochException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.ctstream.schemas.avro.ScanAlerted;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.health.Health;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.service.tracing.Tracing;
import org.ctstream.sink.alert.AlertRecords;
import org.ctstream.sink.alert.AlertTransactions;
import org.ctstream.sink.store.Database;
import org.ctstream.sink.store.DatabaseSettings;
import org.ctstream.sink.store.ResultStore;
import org.junit.jupiter.api.Test;

class SinkLoopTest {
    private static final Map<String, String> SERIALIZERS = Map.of("schema.registry.url", "mock://sink-loop");
    private final Health health = new Health(Clock.systemUTC(), Duration.ofSeconds(60));

    @Test
    void aLostMembershipIsMendedByJoiningAgain() {
        for (KafkaException lost : List.of(
                new UnknownMemberIdException("x"),
                new StaleMemberEpochException("x"),
                new FencedMemberEpochException("x"))) {
            runUntilReadyAgainAfter(lost);

            assertThat(health.isReady()).as(lost.toString()).isTrue();
        }
    }

    @Test
    void missingRightsStopTheSink() {
        assertThatThrownBy(() -> runUntilReadyAgainAfter(GroupAuthorizationException.forGroupId("g")))
                .isInstanceOf(FatalStageException.class);
    }

    /** Stops when the sink is ready after it was set back, which the wait between bounds. */
    private void runUntilReadyAgainAfter(KafkaException failure) {
        var settings = new DatabaseSettings("jdbc:h2:mem:sink-loop", "", "", 2, Duration.ofSeconds(5));
        var consumer = new MockConsumer<byte[], byte[]>("earliest");
        try (var metrics = new Metrics("results-sink");
                var database = Database.open(settings, new SimpleMeterRegistry());
                var transactions = new AlertTransactions(
                        () -> new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()),
                        metrics.registry());
                var deserializer = Serializers.valueDeserializer(SERIALIZERS, ScanClassified.class);
                var serializer = Serializers.<ScanAlerted>valueSerializer(SERIALIZERS)) {
            database.migrate();
            var store = new ResultStore(database, "g", Clock.systemUTC());
            var processor = new PollProcessor(
                    new ResultDecoder(deserializer),
                    store,
                    new AlertRecords(serializer, Tracing.none()),
                    transactions,
                    new SinkMeters(metrics));
            var loop = new SinkLoop(
                    consumer, new Positions(consumer, store), transactions, processor, health, Clock.systemUTC());
            consumer.setPollException(failure);
            var seenAway = new boolean[1];
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            var turns = new int[1];
            loop.run(() -> {
                turns[0]++;
                seenAway[0] |= turns[0] > 1 && !health.isReady();
                return (seenAway[0] && health.isReady()) || System.nanoTime() > end;
            });
            assertThat(seenAway[0]).isTrue();
        }
    }
}
