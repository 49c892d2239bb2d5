package org.ctstream.worker.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicIdPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One share consumer and the records it holds. A worker has several hands, because a share consumer takes no new records
 * while it holds any: while one hand's records are with the engine, another fetches the next.
 *
 * <p>Locks are renewed without a poll until Kafka has answered. A poll before that would send a fetch, and a fetch says
 * goodbye to partitions that others have got since: what is still held of them could then be neither renewed nor accepted
 * nor given back.
 *
 * <h2>Thread safety</h2>
 * For one thread; {@link #isConnected} may be asked by any.
 */
final class Hand implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Hand.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final ShareConsumer<byte[], byte[]> consumer;
    private final OpenDeliveries deliveries;
    private final Queue<Delivery> settled;
    private final QueueMeters meters;
    private final Map<RecordId, Delivery> inHand = new LinkedHashMap<>();

    /** @param settled where its deliveries go once Kafka has their results */
    Hand(
            ShareConsumer<byte[], byte[]> consumer,
            Set<String> topics,
            OpenDeliveries deliveries,
            Queue<Delivery> settled,
            QueueMeters meters) {
        this.consumer = consumer;
        this.deliveries = deliveries;
        this.settled = settled;
        this.meters = meters;
        consumer.setAcknowledgementCommitCallback(this::acknowledged);
        consumer.subscribe(topics);
    }

    /** Takes new records; only where it has none. */
    List<Delivery> take(Duration timeout) {
        if (!inHand.isEmpty()) {
            throw new IllegalStateException(inHand.size() + " records in hand (expected: none)");
        }
        return polled(timeout);
    }

    /** Those that were not in hand. */
    private List<Delivery> polled(Duration timeout) {
        var taken = new ArrayList<Delivery>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout)) {
            Delivery known = inHand.get(RecordId.of(record));
            if (known != null) {
                known.held();
            } else {
                Delivery delivery = deliveries.open(record, settled);
                inHand.put(delivery.id(), delivery);
                meters.delivered(delivery);
                taken.add(delivery);
            }
        }
        return taken;
    }

    /** Tells Kafka which of its records are done. */
    void accept() {
        int before = inHand.size();
        inHand.values().removeIf(delivery -> {
            boolean say = delivery.isDone() && delivery.isHeld();
            if (say) {
                consumer.acknowledge(delivery.record(), AcknowledgeType.ACCEPT);
            }
            return say;
        });
        if (inHand.size() < before) {
            consumer.commitAsync();
        }
    }

    /** Asks Kafka to lock for longer what it holds; {@link #recover} has the answer. */
    void renew() {
        int renewing = 0;
        for (Delivery delivery : inHand.values()) {
            if (delivery.isHeld()) {
                consumer.acknowledge(delivery.record(), AcknowledgeType.RENEW);
                delivery.renewing();
                renewing++;
            }
        }
        if (renewing > 0) {
            consumer.commitAsync();
            meters.renewing(renewing);
        }
    }

    /**
     * Once Kafka has answered for all of them: those that are renewed are held again. Does nothing before that.
     *
     * @return what the client took instead, if it knew of no renewed ones
     */
    List<Delivery> recover() {
        if (inHand.values().stream().allMatch(Delivery::isHeld)) {
            return List.of();
        }
        // Only lets the client tell us what Kafka has answered.
        consumer.commitAsync();
        if (isRenewing() || inHand.isEmpty()) {
            return List.of();
        }
        List<Delivery> taken = polled(Duration.ZERO);
        List.copyOf(inHand.values()).stream()
                .filter(delivery -> !delivery.isHeld())
                .forEach(delivery -> answered(delivery, false));
        return taken;
    }

    /** True while Kafka has not answered for a renewed record. */
    boolean isRenewing() {
        return inHand.values().stream().anyMatch(Delivery::isRenewing);
    }

    /** Records in hand, done or not. */
    int size() {
        return inHand.size();
    }

    /** How long Kafka locks records for us, as it said last; {@code otherwise} before it has said so. */
    Duration lockDuration(Duration otherwise) {
        return consumer.acquisitionLockTimeoutMs().map(Duration::ofMillis).orElse(otherwise);
    }

    /** True if the client has a connection to a broker. Polling does not tell: without one it returns nothing. */
    boolean isConnected() {
        for (Metric metric : consumer.metrics().values()) {
            if (metric.metricName().name().equals("connection-count")) {
                return metric.metricValue() instanceof Number count && count.doubleValue() > 0;
            }
        }
        return false;
    }

    /** What is done is accepted, and what is not is Kafka's again at once. */
    @Override
    public void close() {
        meters.handedBack((int)
                inHand.values().stream().filter(delivery -> !delivery.isDone()).count());
        inHand.values().forEach(this::lose);
        inHand.clear();
        try {
            consumer.close(CLOSE_TIMEOUT);
        } catch (KafkaException e) {
            // With no broker to say it to, the locks run out by themselves.
            log.atWarn().addKeyValue("reason", e.toString()).log("Could not leave the share group in good order");
        }
    }

    /** Called by the client, inside its own methods. */
    private void acknowledged(Map<TopicIdPartition, Set<Long>> offsets, @Nullable Exception refusal) {
        offsets.forEach((partition, answered) -> {
            for (long offset : answered) {
                Delivery delivery = inHand.get(RecordId.of(partition.topicPartition(), offset));
                if (delivery != null && delivery.isRenewing()) {
                    answered(delivery, refusal == null);
                } else if (refusal != null) {
                    meters.acceptanceRefused();
                }
            }
            if (refusal != null) {
                log.atWarn()
                        .addKeyValue("topic", partition.topic())
                        .addKeyValue("partition", partition.partition())
                        .addKeyValue("offsets", answered)
                        .addKeyValue("reason", refusal.toString())
                        .log("Kafka no longer holds these records for us; it delivers what is not done again");
            }
        });
    }

    private void answered(Delivery delivery, boolean renewed) {
        if (renewed) {
            delivery.renewed();
        } else {
            inHand.remove(delivery.id());
            lose(delivery);
            meters.renewalRefused();
        }
    }

    private void lose(Delivery delivery) {
        delivery.gone();
        deliveries.forget(delivery);
    }
}
