package org.ctstream.sink.study;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.ctstream.schemas.avro.StudyState;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.sink.store.StudyDepth;

/** What is counted of studies. Safe for use by any number of threads. */
final class StudyMeters {
    private static final double MILLIS = 1_000;

    private final Map<StudyState, Counter> published = new EnumMap<>(StudyState.class);
    private final Clock clock;
    private volatile StudyDepth depth = new StudyDepth(0, 0, null);

    StudyMeters(Metrics metrics, Clock clock) {
        MeterRegistry registry = metrics.registry();
        this.clock = clock;
        for (StudyState state : StudyState.values()) {
            published.put(
                    state,
                    Counter.builder("ctstream.studies.published")
                            .description("Revisions of studies published on ct.study.classified, by state")
                            .tag("state", state.name())
                            .register(registry));
        }
        Gauge.builder("ctstream.studies.open", () -> depth.open())
                .description("Studies whose slices may still be coming; each sink of a database says the same")
                .register(registry);
        Gauge.builder("ctstream.studies.pending", () -> depth.pending())
                .description("Revisions of studies that wait to be published; each sink of a database says the same")
                .register(registry);
        Gauge.builder("ctstream.studies.oldest.pending.age.seconds", this::oldestSeconds)
                .description("Age of the oldest revision of a study that waits to be published; 0 if none waits")
                .register(registry);
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
