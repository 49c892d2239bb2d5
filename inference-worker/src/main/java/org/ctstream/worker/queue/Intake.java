package org.ctstream.worker.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.health.Health;
import org.ctstream.service.lifecycle.RetryPause;
import org.ctstream.worker.batch.PendingScan;
import org.ctstream.worker.consume.ScanDecoding;
import org.ctstream.worker.predict.EnginePipeline;
import org.ctstream.worker.predict.Outcome;
import org.ctstream.worker.publish.AcknowledgedPublisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes what the hands of one lane have taken and gives it to the engine as far as there is room; what can never be
 * classified goes past the engine to the dead letters.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
final class Intake {
    private static final Logger log = LoggerFactory.getLogger(Intake.class);
    private static final String PART = "schema-registry";
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration SLOWEST_RETRY = Duration.ofSeconds(5);
    /** Handed over together: an idle engine does not wait long for its first. */
    private static final int MOST_AT_ONCE = 16;

    private final Lane lane;
    private final ScanDecoding decoding;
    private final DeliveryLimit limit;
    private final EnginePipeline engine;
    private final AcknowledgedPublisher publisher;
    private final Health health;
    private final RetryPause pause = new RetryPause(FIRST_RETRY, SLOWEST_RETRY, System::nanoTime);

    Intake(
            Lane lane,
            ScanDecoding decoding,
            DeliveryLimit limit,
            EnginePipeline engine,
            AcknowledgedPublisher publisher,
            Health health) {
        this.lane = lane;
        this.decoding = decoding;
        this.limit = limit;
        this.engine = engine;
        this.publisher = publisher;
        this.health = health;
    }

    Lane lane() {
        return lane;
    }

    /** Takes from the front of the deliveries what it can hand on now; the rest waits for room, or for the registry. */
    synchronized void take(ArrayDeque<Delivery> waiting) {
        boolean moved = true;
        while (moved && !waiting.isEmpty() && pause.isOver()) {
            int before = waiting.size();
            takeSome(waiting, Math.min(engine.room(lane), MOST_AT_ONCE));
            moved = waiting.size() < before;
        }
    }

    private void takeSome(ArrayDeque<Delivery> waiting, int room) {
        var scans = new ArrayList<PendingScan>(MOST_AT_ONCE);
        try {
            while (scans.size() < room && !waiting.isEmpty()) {
                PendingScan scan = decode(waiting.getFirst());
                waiting.removeFirst();
                PoisonRecordException poison = scan.poison();
                if (poison == null) {
                    scans.add(scan);
                } else {
                    publisher.add(List.of(new Outcome.Rejected(scan, poison)));
                }
            }
            if (room > 0) {
                pause.succeeded();
                health.ready(PART);
            }
        } catch (RetriableStageException e) {
            pause.failed();
            health.notReady(PART, String.valueOf(e.getMessage()));
            log.atWarn().addKeyValue("reason", e.getMessage()).log("Cannot decode yet; the record waits");
        }
        if (!scans.isEmpty()) {
            engine.submit(scans);
        }
    }

    private PendingScan decode(Delivery delivery) {
        return limit.exhausted(delivery)
                .map(poison -> PendingScan.poisoned(delivery.record(), delivery.number(), poison))
                .orElseGet(() -> decoding.decode(delivery.record(), delivery.number()));
    }
}
