package org.ctstream.worker.consume;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.health.Health;
import org.ctstream.service.lifecycle.RetryPause;
import org.ctstream.worker.batch.PendingScan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that were polled and not decoded yet. While the schema registry is away they wait here, in order.
 *
 * <h2>Thread safety</h2>
 * For one thread, the one that polls.
 */
public final class Inbox {
    private static final Logger log = LoggerFactory.getLogger(Inbox.class);
    private static final String PART = "schema-registry";
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration SLOWEST_RETRY = Duration.ofSeconds(5);

    private final ScanDecoding decoding;
    private final Assignments assignments;
    private final Health health;
    private final ArrayDeque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
    private final RetryPause pause = new RetryPause(FIRST_RETRY, SLOWEST_RETRY, System::nanoTime);

    public Inbox(ScanDecoding decoding, Assignments assignments, Health health) {
        this.decoding = decoding;
        this.assignments = assignments;
        this.health = health;
    }

    public void add(ConsumerRecord<byte[], byte[]> record) {
        records.addLast(record);
    }

    public int size() {
        return records.size();
    }

    public boolean isEmpty() {
        return records.isEmpty();
    }

    /** Decodes up to {@code limit} records in order and hands them on; stops early while the registry is away. */
    public void decode(int limit, Consumer<PendingScan> target) {
        for (int i = 0; i < limit && !records.isEmpty() && pause.isOver(); i++) {
            ConsumerRecord<byte[], byte[]> record = records.getFirst();
            try {
                target.accept(decoding.decode(record, assignments.of(record)));
                records.removeFirst();
                pause.succeeded();
                health.ready(PART);
            } catch (RetriableStageException e) {
                pause.failed();
                health.notReady(PART, String.valueOf(e.getMessage()));
                log.atWarn()
                        .addKeyValue("topic", record.topic())
                        .addKeyValue("partition", record.partition())
                        .addKeyValue("offset", record.offset())
                        .addKeyValue("reason", e.getMessage())
                        .log("Cannot decode yet; the record waits");
            }
        }
    }

    /** Forgets records of partitions that are no longer ours. */
    public void dropForeign() {
        records.removeIf(record -> assignments.of(record) < 0);
    }
}
