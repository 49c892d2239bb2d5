package org.ctstream.sink.study;

import io.micrometer.core.instrument.Counter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.ctstream.schemas.avro.StudyState;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.sink.metrics.SinkMeter;
import org.ctstream.sink.store.StudyDepth;

/** What is counted of studies. Safe for use by any number of threads. */
final class StudyMeters {
    private static final double MILLIS = 1_000;

    private final Map<StudyState, Counter> published = new EnumMap<>(StudyState.class);
    private final Clock clock;
    private volatile StudyDepth depth = new StudyDepth(0, 0, null);

    StudyMeters(Metrics metrics, Clock clock) {
        this.clock = clock;
        for (StudyState state : StudyState.values()) {
            published.put(state, metrics.counter(SinkMeter.STUDIES_PUBLISHED, state.name()));
        }
        metrics.gauge(SinkMeter.STUDIES_OPEN, this, meters -> meters.depth.open());
        metrics.gauge(SinkMeter.STUDIES_PENDING, this, meters -> meters.depth.pending());
        metrics.gauge(SinkMeter.STUDIES_OLDEST_PENDING_AGE, this, StudyMeters::oldestSeconds);
    }

    void published(StudyState state) {
        Objects.requireNonNull(published.get(state)).increment();
    }

    void depth(StudyDepth now) {
        depth = now;
    }

    private double oldestSeconds() {
        Instant oldest = depth.oldestPending();
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / MILLIS);
    }
}
