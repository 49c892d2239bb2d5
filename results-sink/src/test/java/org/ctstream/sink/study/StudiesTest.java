package org.ctstream.sink.study;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.avro.StudyClassified;
import org.ctstream.schemas.avro.StudyState;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.sink.publish.AckedProducer;
import org.ctstream.sink.store.Classified;
import org.ctstream.sink.store.Database;
import org.ctstream.sink.store.DatabaseSettings;
import org.ctstream.sink.store.Poll;
import org.ctstream.sink.store.ResultStore;
import org.ctstream.sink.store.SampleResults;
import org.ctstream.sink.store.StudyStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A study's way from its first slice to an amendment, with time moved by hand and a topic that can be away. */
class StudiesTest {
    private static final Map<String, ?> REGISTRY = Map.of("schema.registry.url", "mock://studies");

    private final HandClock clock = new HandClock();
    private final Metrics metrics = new Metrics("test");
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final Database database = Database.open(
            new DatabaseSettings(
                    "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "", "", 2, Duration.ofSeconds(5)),
            new SimpleMeterRegistry());
    private final Studies studies = new Studies(
            new StudyStore(database),
            new StudyTopic(new AckedProducer(() -> producer), Serializers.valueSerializer(REGISTRY)),
            new StudyRules(Duration.ofSeconds(60), Duration.ofSeconds(10), 1),
            new StudyMeters(metrics, clock),
            clock);
    private long offset;

    @BeforeEach
    void migrate() {
        database.migrate();
    }

    @AfterEach
    void close() throws Exception {
        studies.close();
        database.close();
        metrics.close();
    }

    @Test
    void studyIsProvisionalThenFinalThenAmendedByALateSlice() {
        store("a", Label.NEGATIVE);
        store("b", Label.NEGATIVE);
        sweepUntil(9);
        assertThat(producer.history()).isEmpty();
        sweepUntil(59);
        assertThat(studies()).singleElement().satisfies(study -> {
            assertThat(study.getState()).isEqualTo(StudyState.PROVISIONAL);
            assertThat(study.getComplete()).isFalse();
            assertThat(study.getSupersedes()).isNull();
            assertThat(study.getSlices()).isEqualTo(2);
        });
        sweepUntil(71);
        store("late", Label.POSITIVE);
        sweepUntil(200);

        assertThat(studies())
                .extracting(StudyClassified::getRevision, StudyClassified::getState, StudyClassified::getComplete)
                .containsExactly(
                        tuple(1, StudyState.PROVISIONAL, false),
                        tuple(2, StudyState.FINAL, true),
                        tuple(3, StudyState.AMENDED, false),
                        tuple(4, StudyState.AMENDED, true));
        StudyClassified last = studies().get(3);
        assertThat(last.getSupersedes()).isEqualTo(3);
        assertThat(last.getLabel()).isEqualTo(Label.POSITIVE);
        assertThat(last.getPositiveSlices()).isEqualTo(1);
        assertThat(last.getNegativeSlices()).isEqualTo(2);
        assertThat(last.getWorstScanId()).isEqualTo("late");
        assertThat(last.getWorstProbability()).isEqualTo(0.875);
        assertThat(last.getMeanProbability()).isEqualTo(0.375);
        assertThat(last.getModels()).containsExactly("densenet169:1.0");
        assertThat(counter("ctstream.studies.published", "AMENDED")).isEqualTo(2);
    }

    @Test
    void recordIsKeyedByTheStudyAndNamesItsRevision() {
        store("a", Label.POSITIVE);
        sweepUntil(0);

        ProducerRecord<byte[], byte[]> record = producer.history().get(0);
        assertThat(record.topic()).isEqualTo("ct.study.classified");
        assertThat(new String(record.key(), UTF_8)).isEqualTo("2.25.1");
        assertThat(new String(record.headers().lastHeader("ce_id").value(), UTF_8))
                .isEqualTo("2.25.1/1");
    }

    @Test
    void revisionThatKafkaDidNotTakeIsSentAgainAsItWasAndTheNextAfterIt() {
        producer.sendException = new TimeoutException("away");
        store("a", Label.POSITIVE);
        sweepUntil(5);
        assertThat(gauge("ctstream.studies.pending")).isEqualTo(1);
        assertThat(gauge("ctstream.studies.oldest.pending.age")).isGreaterThanOrEqualTo(4);
        store("b", Label.NEGATIVE);
        producer.sendException = null;
        sweepUntil(80);

        assertThat(studies())
                .extracting(StudyClassified::getRevision, StudyClassified::getSlices, StudyClassified::getState)
                .containsExactly(
                        tuple(1, 1, StudyState.PROVISIONAL),
                        tuple(2, 2, StudyState.PROVISIONAL),
                        tuple(3, 2, StudyState.FINAL));
        assertThat(studies().get(0).getRolledUpAt()).isEqualTo(HandClock.BEGIN);
        assertThat(gauge("ctstream.studies.pending")).isZero();
        assertThat(gauge("ctstream.studies.open")).isZero();
    }

    @Test
    void manyStudiesAreAllPublishedInOneSweep() {
        var results = new ArrayList<Classified>();
        for (int i = 0; i < 120; i++) {
            ScanClassified result = SampleResults.result("scan-" + i, Label.POSITIVE);
            result.setStudyUid("study-" + i);
            results.add(classified(result));
        }
        store(results);

        studies.sweep(() -> false);

        assertThat(studies())
                .extracting(StudyClassified::getStudyUid)
                .hasSize(120)
                .doesNotHaveDuplicates();
    }

    /** One sweep each second, up to that one since the beginning. */
    private void sweepUntil(long second) {
        while (true) {
            studies.sweep(() -> false);
            if (!clock.now.isBefore(HandClock.BEGIN.plusSeconds(second))) {
                return;
            }
            clock.now = clock.now.plusSeconds(1);
        }
    }

    private List<StudyClassified> studies() {
        try (Deserializer<StudyClassified> deserializer =
                Serializers.valueDeserializer(REGISTRY, StudyClassified.class)) {
            return producer.history().stream()
                    .map(record -> deserializer.deserialize(record.topic(), record.headers(), record.value()))
                    .toList();
        }
    }

    private void store(String scanId, Label label) {
        store(List.of(classified(SampleResults.result(scanId, label))));
    }

    private Classified classified(ScanClassified result) {
        return new Classified(new ConsumerRecord<>(SampleResults.TOPIC, 0, offset++, new byte[0], new byte[0]), result);
    }

    private void store(List<Classified> results) {
        new ResultStore(database, "group", clock)
                .store(
                        new Poll(results, List.of(), Map.of(new TopicPartition(SampleResults.TOPIC, 0), offset)),
                        Map.of());
    }

    private double gauge(String name) {
        return registry().get(name).gauge().value();
    }

    private double counter(String name, String state) {
        return registry().get(name).tag("state", state).counter().count();
    }

    private MeterRegistry registry() {
        return metrics.registry();
    }

    private static final class HandClock extends Clock {
        private static final Instant BEGIN = Instant.parse("2026-11-23T10:00:00Z");
        private Instant now = BEGIN;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
