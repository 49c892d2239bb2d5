package org.ctstream.worker.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.apache.kafka.common.errors.InvalidRecordStateException;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.worker.Scans;
import org.ctstream.worker.batch.PendingScan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandTest {
    private final FakeShareConsumer consumer = new FakeShareConsumer();
    private final OpenDeliveries deliveries = new OpenDeliveries();
    private final Queue<Delivery> settled = new ArrayDeque<>();
    private final Metrics metrics = new Metrics("test");
    private final Hand hand = new Hand(
            consumer, Set.of("ct.scan.normalized"), deliveries, settled, new QueueMeters(metrics, deliveries::size));

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void recordIsAcceptedOnlyAfterItsResultIsPublished() {
        List<Delivery> taken = take(3);

        hand.accept();
        assertThat(consumer.accepted()).isEmpty();
        publish(taken.get(1));
        hand.accept();

        assertThat(consumer.accepted()).containsExactly(1L);
        assertThat(hand.size()).isEqualTo(2);
        assertThat(deliveries.size()).isEqualTo(2);
    }

    @Test
    void nothingNewIsTakenWhileARecordIsHeld() {
        take(1);

        assertThatThrownBy(this::poll).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void recordDoneWhileItsRenewalIsUnderWayIsAcceptedOnceItIsBack() {
        List<Delivery> taken = take(2);
        consumer.holdBackRenewed(true);
        hand.renew();
        hand.recover();
        publish(taken.get(0));

        hand.accept();
        assertThat(consumer.accepted()).isEmpty();
        assertThat(hand.isRenewing()).isTrue();
        consumer.holdBackRenewed(false);
        hand.recover();
        hand.accept();

        assertThat(consumer.accepted()).containsExactly(0L);
        assertThat(hand.size()).isEqualTo(1);
        assertThat(metrics.scrape()).contains("ctstream_queue_renewals_total{service=\"test\"} 2.0");
    }

    @Test
    void refusedRenewalIsALostLockAndLeavesRoomForOthers() {
        List<Delivery> taken = take(2);
        consumer.refuse(new InvalidRecordStateException("lock ran out"));
        hand.renew();
        hand.recover();

        assertThat(taken).allMatch(Delivery::isGone);
        assertThat(hand.size()).isZero();
        assertThat(deliveries.size()).isZero();
        assertThat(metrics.scrape())
                .contains("ctstream_queue_locks_lost_total{found=\"renewal\",service=\"test\"} 2.0");
        consumer.refuse(null);
        assertThat(take(1)).hasSize(1);
    }

    @Test
    void resultOfALostLockIsPublishedAndAcceptsNothing() {
        List<Delivery> lost = take(1);
        consumer.refuse(new InvalidRecordStateException("lock ran out"));
        hand.renew();
        hand.recover();
        consumer.refuse(null);
        List<Delivery> again = take(1);

        publish(lost.get(0));
        hand.accept();
        assertThat(consumer.accepted()).isEmpty();
        publish(again.get(0));
        hand.accept();

        assertThat(consumer.accepted()).containsExactly(0L);
    }

    @Test
    void refusedAcceptanceIsCounted() {
        List<Delivery> taken = take(1);
        publish(taken.get(0));
        consumer.refuse(new InvalidRecordStateException("too late"));

        hand.accept();

        assertThat(hand.size()).isZero();
        assertThat(metrics.scrape())
                .contains("ctstream_queue_locks_lost_total{found=\"acceptance\",service=\"test\"} 1.0");
    }

    @Test
    void recordThatWasDeliveredBeforeIsCounted() {
        consumer.offer(List.of(Records.delivered(0, 1), Records.delivered(1, 3)));
        poll();

        assertThat(metrics.scrape()).contains("ctstream_queue_redeliveries_total{service=\"test\"} 1.0");
    }

    @Test
    void closingSaysWhatIsDoneAndGivesBackTheRest() {
        List<Delivery> taken = take(3);
        publish(taken.get(2));
        hand.accept();

        hand.close();

        assertThat(consumer.accepted()).containsExactly(2L);
        assertThat(consumer.isClosed()).isTrue();
        assertThat(deliveries.size()).isZero();
        assertThat(metrics.scrape()).contains("ctstream_queue_handed_back_total{service=\"test\"} 2.0");
    }

    private List<Delivery> take(int count) {
        var records = new ArrayList<org.apache.kafka.clients.consumer.ConsumerRecord<byte[], byte[]>>();
        for (int i = 0; i < count; i++) {
            records.add(Records.delivered(i, 1));
        }
        consumer.offer(records);
        return poll();
    }

    private List<Delivery> poll() {
        return hand.take(Duration.ZERO);
    }

    private void publish(Delivery delivery) {
        PendingScan scan = PendingScan.decoded(delivery.record(), delivery.number(), Scans.normalized("s", 1, 8));
        deliveries.published(Records.rejected(scan));
        Delivery next = settled.poll();
        if (next != null) {
            next.done();
        }
    }
}
