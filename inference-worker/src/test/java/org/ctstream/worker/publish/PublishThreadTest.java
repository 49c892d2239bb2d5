package org.ctstream.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.ctstream.model.classify.Prediction;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.health.Health;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.worker.Scans;
import org.ctstream.worker.predict.FakeReleases;
import org.ctstream.worker.predict.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PublishThreadTest {
    private static final ConsumerGroupMetadata GROUP = new MockConsumer<byte[], byte[]>("earliest").groupMetadata();

    private final Outbox outbox = new Outbox();
    private final Set<Long> foreign = ConcurrentHashMap.newKeySet();
    private final List<Kafka> producers = new CopyOnWriteArrayList<>();
    private final CountDownLatch commitsGoOn = new CountDownLatch(1);
    private final Metrics metrics = new Metrics("test");
    private final PublishThread publishing = new PublishThread(
            outbox,
            new ResultPublisher(
                    this::open,
                    partitions -> Map.of(),
                    new OutcomeRecords(
                            Serializers.valueSerializer(Map.of("schema.registry.url", "mock://publish-thread")),
                            "worker-1",
                            true,
                            metrics),
                    Clock.systemUTC()),
            outcome -> !foreign.contains(outcome.scan().original().offset()),
            () -> new LaneMembers(Map.of(Lane.ROUTINE, GROUP)),
            new Health(Clock.systemUTC(), Duration.ofMinutes(1)));

    private volatile Runnable onCommit = () -> {};

    @AfterEach
    void close() {
        commitsGoOn.countDown();
        publishing.close();
        metrics.close();
    }

    @Test
    void whatIsFinishedWhileATransactionCommitsSharesTheNext() {
        onCommit = this::awaitGoOn;
        publishing.start();
        outbox.add(List.of(predicted(0)));
        await().until(() -> !producers.isEmpty() && producers.get(0).isCommitting());

        outbox.add(List.of(predicted(1), predicted(2)));
        outbox.add(List.of(predicted(3)));
        assertThat(outbox.size(Lane.ROUTINE)).isEqualTo(4);
        commitsGoOn.countDown();

        await().until(() -> outbox.isEmpty(Lane.ROUTINE));
        assertThat(producers.get(0).commitCount()).isEqualTo(2);
        assertThat(producers.get(0).history()).hasSize(4);
    }

    @Test
    void failedPublishIsTriedAgainWithoutWhatAnotherWorkerWillDo() {
        var failing = new Kafka();
        failing.commitTransactionException = new TimeoutException("no broker");
        producers.add(failing);
        outbox.add(List.of(predicted(0), predicted(1)));
        onCommit = () -> foreign.add(0L);
        publishing.start();

        await().until(() -> outbox.isEmpty(Lane.ROUTINE));
        publishing.check();
        assertThat(producers.get(1).history()).hasSize(1);
    }

    @Test
    void whoWaitsForAnAttemptGoesOnWhenItHasEndedAndFindsWhatItCarriedSettled() {
        onCommit = this::awaitGoOn;
        publishing.start();
        outbox.add(List.of(predicted(0)));
        await().until(() -> !producers.isEmpty() && producers.get(0).isCommitting());

        assertThat(publishing.awaitAttempt(Duration.ofMillis(50))).isFalse();
        commitsGoOn.countDown();

        await().until(() -> publishing.awaitAttempt(Duration.ofMillis(50)));
        assertThat(outbox.isEmpty(Lane.ROUTINE)).isTrue();
        assertThat(producers.get(0).history()).hasSize(1);
    }

    @Test
    void onlyForeignOutcomesAreSettledWithoutATransaction() {
        foreign.add(0L);
        outbox.add(List.of(predicted(0)));
        publishing.start();

        await().until(() -> outbox.isEmpty(Lane.ROUTINE));
        assertThat(producers).isEmpty();
    }

    @Test
    void missingRightsEndTheThreadAndAreTold() {
        var refusing = new Kafka();
        refusing.commitTransactionException = new TransactionalIdAuthorizationException("no rights");
        producers.add(refusing);
        outbox.add(List.of(predicted(0)));
        publishing.start();

        await().untilAsserted(() -> assertThatThrownBy(publishing::check).isInstanceOf(FatalStageException.class));
        assertThat(outbox.size(Lane.ROUTINE)).isEqualTo(1);
    }

    private void awaitGoOn() {
        try {
            commitsGoOn.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The one prepared for the test, else a new one. */
    private Kafka open() {
        if (producers.size() == 1 && !producers.get(0).closed()) {
            return producers.get(0);
        }
        var producer = new Kafka();
        producers.add(producer);
        return producer;
    }

    private static Outcome predicted(long offset) {
        return new Outcome.Predicted(
                Scans.pending(offset, 100),
                new Prediction.Scored(0.9),
                FakeReleases.release(),
                FakeReleases.engine(),
                Instant.ofEpochMilli(3_000));
    }

    /** Commits wait where the test wants it. */
    private final class Kafka extends MockProducer<byte[], byte[]> {
        private volatile boolean committing;

        Kafka() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        boolean isCommitting() {
            return committing;
        }

        @Override
        public void commitTransaction() {
            committing = true;
            onCommit.run();
            super.commitTransaction();
        }
    }
}
