package org.ctstream.worker.queue;

import java.util.Queue;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One record Kafka has given this worker to do, from then until Kafka has been told that it is done, or it is no longer
 * ours. The same record given again is another delivery.
 *
 * <h2>Thread safety</h2>
 * For one thread, its hand's; only {@link #settled} may be called by any.
 */
final class Delivery {
    private enum State {
        /** Kafka keeps it locked for us, and may be told that it is done. */
        HELD,
        /** Kafka has been asked to lock it for longer, and has not answered. */
        RENEWING,
        /** Kafka has locked it for longer; it can be spoken of again once a poll has returned it. */
        RENEWED,
        /** Kafka gives it to somebody else, or has. */
        GONE
    }

    private final long number;
    private final ConsumerRecord<byte[], byte[]> record;
    private final Queue<Delivery> settled;
    private State state = State.HELD;
    private boolean done;

    /**
     * @param number tells this delivery from every other of this worker
     * @param settled where the hand looks for what has become of its records
     */
    Delivery(long number, ConsumerRecord<byte[], byte[]> record, Queue<Delivery> settled) {
        this.number = number;
        this.record = record;
        this.settled = settled;
    }

    long number() {
        return number;
    }

    ConsumerRecord<byte[], byte[]> record() {
        return record;
    }

    RecordId id() {
        return RecordId.of(record);
    }

    /** How often Kafka has given this record to a worker, this time included. */
    int count() {
        return record.deliveryCount().map(Short::intValue).orElse(1);
    }

    /** Kafka has the record's result or dead letter. */
    void settled() {
        settled.add(this);
    }

    void done() {
        done = true;
    }

    boolean isDone() {
        return done;
    }

    void renewing() {
        state = State.RENEWING;
    }

    void renewed() {
        state = State.RENEWED;
    }

    void held() {
        state = State.HELD;
    }

    void gone() {
        state = State.GONE;
    }

    boolean isHeld() {
        return state == State.HELD;
    }

    boolean isRenewing() {
        return state == State.RENEWING;
    }

    boolean isGone() {
        return state == State.GONE;
    }
}
