package org.ctstream.worker.queue;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.ctstream.worker.predict.Outcome;

/**
 * The deliveries this worker has in hand, by number, over all its hands.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
final class OpenDeliveries {
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Delivery> open = new ConcurrentHashMap<>();

    Delivery open(ConsumerRecord<byte[], byte[]> record, Queue<Delivery> settled) {
        var delivery = new Delivery(numbers.incrementAndGet(), record, settled);
        open.put(delivery.number(), delivery);
        return delivery;
    }

    /** Kafka has this outcome of one of them, or of one that is no longer ours. */
    void published(Outcome outcome) {
        Delivery delivery = open.remove(outcome.scan().assignment());
        if (delivery != null) {
            delivery.settled();
        }
    }

    /** It is no longer ours. */
    void forget(Delivery delivery) {
        open.remove(delivery.number());
    }

    int size() {
        return open.size();
    }
}
