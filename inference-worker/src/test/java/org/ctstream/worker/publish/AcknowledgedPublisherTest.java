package org.ctstream.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.ctstream.model.classify.Prediction;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.health.Health;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.worker.Scans;
import org.ctstream.worker.predict.FakeReleases;
import org.ctstream.worker.predict.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AcknowledgedPublisherTest {
    private static final Map<String, Object> REGISTRY = Map.of("schema.registry.url", "mock://acknowledged-publisher");

    private final List<MockProducer<byte[], byte[]>> producers = new CopyOnWriteArrayList<>();
    private final List<Long> published = new CopyOnWriteArrayList<>();
    private final Health health = new Health(Clock.systemUTC(), Duration.ofMinutes(1));
    private final Metrics metrics = new Metrics("test");
    private final AcknowledgedPublisher publisher = new AcknowledgedPublisher(
            this::open,
            new OutcomeRecords(Serializers.valueSerializer(REGISTRY), "worker-1", true, metrics),
            outcome -> published.add(outcome.scan().original().offset()),
            health);

    @BeforeEach
    void start() {
        publisher.start();
    }

    @AfterEach
    void close() {
        publisher.close();
        metrics.close();
    }

    @Test
    void outcomeIsPublishedOnlyOnceKafkaHasIt() {
        publisher.add(List.of(
                predicted(4),
                new Outcome.Rejected(
                        Scans.poisoned(5),
                        Objects.requireNonNull(Scans.poisoned(5).poison()))));
        await().until(() -> sent() == 2);
        assertThat(published).isEmpty();

        producers.get(0).completeNext();
        assertThat(published).containsExactly(4L);
        producers.get(0).completeNext();

        assertThat(published).containsExactly(4L, 5L);
        assertThat(producers.get(0).history())
                .extracting(record -> record.topic())
                .containsExactly("ct.scan.classified", "ct.scan.normalized.dlt");
        assertThat(health.conditions()).containsEntry("kafka-publish", "ok");
    }

    @Test
    void outcomeThatIsNotTakenInTimeIsSentAgain() {
        publisher.add(List.of(predicted(4)));
        await().until(() -> sent() == 1);

        producers.get(0).errorNext(new TimeoutException("broker away"));
        assertThat(health.conditions().get("kafka-publish")).contains("broker away");
        await().until(() -> sent() == 2);
        producers.get(0).completeNext();

        assertThat(published).containsExactly(4L);
        assertThat(producers).hasSize(1);
        assertThat(health.conditions()).containsEntry("kafka-publish", "ok");
    }

    @Test
    void producerThatIsBrokenIsReplacedAndTheOutcomeSentByTheNext() {
        publisher.add(List.of(predicted(4)));
        await().until(() -> sent() == 1);

        producers.get(0).errorNext(new KafkaException("sequence is out of order"));
        await().until(() -> producers.size() == 2 && producers.get(1).history().size() == 1);
        producers.get(1).completeNext();

        assertThat(producers.get(0).closed()).isTrue();
        assertThat(published).containsExactly(4L);
    }

    @Test
    void missingRightStopsTheWorker() {
        publisher.add(List.of(predicted(4)));
        await().until(() -> sent() == 1);

        producers.get(0).errorNext(new TopicAuthorizationException("ct.scan.classified"));

        assertThatThrownBy(publisher::check)
                .isInstanceOf(FatalStageException.class)
                .hasMessageContaining("ct.scan.classified");
        assertThat(published).isEmpty();
    }

    private int sent() {
        return producers.stream()
                .mapToInt(producer -> producer.history().size())
                .sum();
    }

    private static Outcome predicted(long offset) {
        return new Outcome.Predicted(
                Scans.pending(offset, 10),
                new Prediction.Scored(0.9),
                FakeReleases.release(),
                FakeReleases.engine(),
                Instant.EPOCH);
    }

    private MockProducer<byte[], byte[]> open() {
        var producer = new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
        producers.add(producer);
        return producer;
    }
}
