package org.ctstream.worker.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.ctstream.model.classify.Prediction;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.service.deadletter.DeadLetterHeaders;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.worker.Scans;
import org.ctstream.worker.batch.PendingScan;
import org.ctstream.worker.predict.FakeReleases;
import org.ctstream.worker.predict.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResultPublisherTest {
    private static final Map<String, Object> REGISTRY = Map.of("schema.registry.url", "mock://result-publisher");
    private static final TopicPartition PARTITION = new TopicPartition("ct.scan.normalized", 0);
    private static final ConsumerGroupMetadata GROUP = new MockConsumer<byte[], byte[]>("earliest").groupMetadata();

    @SuppressWarnings("removal") // the mock consumer knows one group alone
    private static final ConsumerGroupMetadata STAT_GROUP =
            new ConsumerGroupMetadata("stat", 7, "member", Optional.empty());

    private static final LaneMembers MEMBERS = new LaneMembers(Map.of(Lane.ROUTINE, GROUP, Lane.STAT, STAT_GROUP));

    private final List<MockProducer<byte[], byte[]>> producers = new ArrayList<>();
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    private boolean held;
    private Instant now = Instant.EPOCH;
    private final Metrics metrics = new Metrics("test");
    private final ResultPublisher publisher = new ResultPublisher(
            this::open,
            partitions -> {
                if (held) {
                    throw new HeldOffsetsException("a transaction may still hold it");
                }
                return committed;
            },
            new OutcomeRecords(Serializers.valueSerializer(REGISTRY), "worker-1", true, metrics),
            () -> now);

    @AfterEach
    void close() {
        publisher.close();
        metrics.close();
    }

    @Test
    void resultsDeadLettersAndOffsetsShareOneTransaction() {
        publisher.publish(List.of(predicted(4, 0.9), rejected(5), predicted(6, 0.1)), MEMBERS);

        MockProducer<byte[], byte[]> producer = producers.get(0);
        assertThat(producer.commitCount()).isEqualTo(1);
        assertThat(producer.history())
                .extracting(record -> record.topic())
                .containsExactly("ct.scan.classified", "ct.scan.normalized.dlt", "ct.scan.classified");
        assertThat(producer.consumerGroupOffsetsHistory())
                .containsExactly(Map.of(GROUP.groupId(), Map.of(PARTITION, new OffsetAndMetadata(7))));
    }

    @Test
    void scansOfBothLanesShareOneTransactionWithTheOffsetsOfEachInItsGroup() {
        publisher.publish(List.of(predicted(4, 0.9), predicted(Scans.stat(9), new Prediction.Scored(0.1))), MEMBERS);

        MockProducer<byte[], byte[]> producer = producers.get(0);
        assertThat(producer.commitCount()).isEqualTo(1);
        assertThat(producer.consumerGroupOffsetsHistory())
                .containsExactly(Map.of(
                        GROUP.groupId(),
                        Map.of(PARTITION, new OffsetAndMetadata(5)),
                        "stat",
                        Map.of(new TopicPartition("ct.scan.normalized.stat", 0), new OffsetAndMetadata(10))));
    }

    @Test
    void laneWhoseGroupIsNotJoinedYetIsTriedAgainAndTheOtherNeedsItNot() {
        var routineOnly = new LaneMembers(Map.of(Lane.ROUTINE, GROUP));

        publisher.publish(List.of(predicted(4, 0.9)), routineOnly);

        assertThat(producers.get(0).commitCount()).isEqualTo(1);
        List<Outcome> stat = List.of(predicted(Scans.stat(0), new Prediction.Scored(0.1)));
        assertThatThrownBy(() -> publisher.publish(stat, routineOnly))
                .isInstanceOf(RetriableStageException.class)
                .hasMessageContaining("STAT");
    }

    @Test
    void resultSaysWhatWasDecidedByWhichModel() {
        publisher.publish(List.of(predicted(4, 0.9), predicted(5, 0.1)), MEMBERS);

        ScanClassified positive = decode(producers.get(0), 0);
        ScanClassified negative = decode(producers.get(0), 1);
        assertThat(positive.getLabel()).isEqualTo(Label.POSITIVE);
        assertThat(positive.getProbability()).isEqualTo(0.9);
        assertThat(positive.getModelTrained()).isFalse();
        assertThat(positive.getWorker()).isEqualTo("worker-1");
        assertThat(negative.getLabel()).isEqualTo(Label.NEGATIVE);
        assertThat(positive.getResultId()).matches("[0-9a-f]{64}").isNotEqualTo(negative.getResultId());
    }

    @Test
    void outputThatIsNotANumberIsIndeterminateWithAReason() {
        publisher.publish(List.of(predicted(4, new Prediction.NotFinite(Float.NaN, 1))), MEMBERS);

        ScanClassified result = decode(producers.get(0), 0);
        assertThat(result.getLabel()).isEqualTo(Label.INDETERMINATE);
        assertThat(result.getIndeterminateReason()).isNotBlank();
    }

    @Test
    void deadLetterNamesItsReason() {
        publisher.publish(List.of(rejected(5)), MEMBERS);

        assertThat(producers
                        .get(0)
                        .history()
                        .get(0)
                        .headers()
                        .lastHeader(DeadLetterHeaders.REASON)
                        .value())
                .isEqualTo("undecodable".getBytes(UTF_8));
    }

    @Test
    void failureBeforeTheCommitIsSentAgainByANewProducer() {
        List<Outcome> outcomes = List.of(predicted(4, 0.9));
        publisher.publish(outcomes, MEMBERS);
        producers.get(0).commitTransactionException = new TimeoutException("no broker");
        List<Outcome> more = List.of(predicted(5, 0.9), predicted(6, 0.9));
        assertThatThrownBy(() -> publisher.publish(more, MEMBERS)).isInstanceOf(RetriableStageException.class);

        committed.put(PARTITION, new OffsetAndMetadata(5));
        publisher.publish(more, MEMBERS);

        assertThat(producers).hasSize(2);
        assertThat(producers.get(0).closed()).isTrue();
        assertThat(producers.get(1).history()).hasSize(2);
    }

    @Test
    void commitThatHadSucceededAfterAllIsNotSentAgain() {
        publisher.publish(List.of(predicted(4, 0.9)), MEMBERS);
        producers.get(0).commitTransactionException = new TimeoutException("answer lost");
        List<Outcome> inDoubt = new ArrayList<>(List.of(predicted(5, 0.9), predicted(6, 0.9)));
        assertThatThrownBy(() -> publisher.publish(inDoubt, MEMBERS)).isInstanceOf(RetriableStageException.class);

        committed.put(PARTITION, new OffsetAndMetadata(7));
        inDoubt.add(predicted(7, 0.9));
        publisher.publish(inDoubt, MEMBERS);

        assertThat(producers.get(1).history()).hasSize(1);
        assertThat(producers.get(1).consumerGroupOffsetsHistory())
                .containsExactly(Map.of(GROUP.groupId(), Map.of(PARTITION, new OffsetAndMetadata(8))));
    }

    @Test
    void offsetsThatNoLivingTransactionHoldsAreFreedByAnAbortedOne() {
        publisher.publish(List.of(predicted(4, 0.9)), MEMBERS);
        producers.get(0).commitTransactionException = new TimeoutException("no broker");
        List<Outcome> more = List.of(predicted(5, 0.9), predicted(6, 0.9));
        assertThatThrownBy(() -> publisher.publish(more, MEMBERS)).isInstanceOf(RetriableStageException.class);

        held = true;
        tryAgainAfter(more, 0);
        tryAgainAfter(more, 39);
        assertThat(producers).noneMatch(MockProducer::transactionAborted);
        tryAgainAfter(more, 1);
        assertThat(producers).last().matches(MockProducer::transactionAborted);
        tryAgainAfter(more, 5);
        assertThat(producers).last().matches(producer -> !producer.transactionAborted());

        held = false;
        committed.put(PARTITION, new OffsetAndMetadata(5));
        publisher.publish(more, MEMBERS);
        assertThat(producers.subList(1, producers.size()))
                .extracting(producer -> producer.history().size())
                .containsExactly(0, 0, 0, 0, 2);
    }

    private void tryAgainAfter(List<Outcome> outcomes, int seconds) {
        now = now.plusSeconds(seconds);
        assertThatThrownBy(() -> publisher.publish(outcomes, MEMBERS)).isInstanceOf(RetriableStageException.class);
    }

    @Test
    void fencedWorkerOpensANewProducerAndMissingRightsStopIt() {
        publisher.publish(List.of(predicted(4, 0.9)), MEMBERS);
        producers.get(0).sendOffsetsToTransactionException = new ProducerFencedException("paused too long");
        assertThatThrownBy(() -> publisher.publish(List.of(predicted(5, 0.9)), MEMBERS))
                .isInstanceOf(RetriableStageException.class);
        publisher.publish(List.of(predicted(5, 0.9)), MEMBERS);
        assertThat(producers).hasSize(2);

        producers.get(1).commitTransactionException = new TransactionalIdAuthorizationException("no rights");
        assertThatThrownBy(() -> publisher.publish(List.of(predicted(6, 0.9)), MEMBERS))
                .isInstanceOf(FatalStageException.class);
    }

    private MockProducer<byte[], byte[]> open() {
        var producer = new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        producers.add(producer);
        return producer;
    }

    private static Outcome predicted(long offset, double probability) {
        return predicted(offset, new Prediction.Scored(probability));
    }

    private static Outcome predicted(long offset, Prediction prediction) {
        return predicted(Scans.pending(offset, 100), prediction);
    }

    private static Outcome predicted(PendingScan scan, Prediction prediction) {
        return new Outcome.Predicted(
                scan, prediction, FakeReleases.release(), FakeReleases.engine(), Instant.ofEpochMilli(3_000));
    }

    private static Outcome rejected(long offset) {
        PendingScan scan = Scans.poisoned(offset);
        return new Outcome.Rejected(scan, java.util.Objects.requireNonNull(scan.poison()));
    }

    private static ScanClassified decode(MockProducer<byte[], byte[]> producer, int index) {
        return Serializers.valueDeserializer(REGISTRY, ScanClassified.class)
                .deserialize("ct.scan.classified", producer.history().get(index).value());
    }
}
