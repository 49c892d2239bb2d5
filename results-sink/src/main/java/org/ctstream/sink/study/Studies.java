package org.ctstream.sink.study;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.StageException;
import org.ctstream.service.lifecycle.Backoff;
import org.ctstream.service.lifecycle.Sweeps;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.sink.store.Database;
import org.ctstream.sink.store.RecordPlace;
import org.ctstream.sink.store.StudyRevision;
import org.ctstream.sink.store.StudyStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the next revision of every study that is due, and publishes what is kept. Each sink does; what one has taken up the
 * others leave alone.
 *
 * <h2>Thread safety</h2>
 * For one thread, but {@link #start()} and {@link #close()}.
 */
public final class Studies implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Studies.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(5);
    private static final int BATCH = 50;

    private final StudyStore store;
    private final StudyTopic topic;
    private final StudyRules rules;
    private final StudyMeters meters;
    private final Clock clock;
    private final Backoff backoff = new Backoff(INTERVAL, Duration.ofSeconds(10));
    private Instant nextPublish = Instant.EPOCH;
    private Instant nextCount = Instant.EPOCH;

    /** Since when this sink sees slices come, as far as it can tell: since its first sweep, or what it last failed of. */
    private Instant since = Instant.MAX;

    Studies(StudyStore store, StudyTopic topic, StudyRules rules, StudyMeters meters, Clock clock) {
        this.store = store;
        this.topic = topic;
        this.rules = rules;
        this.meters = meters;
        this.clock = clock;
    }

    /** Neither Kafka nor the database need to be there yet. */
    public static Studies of(ServiceConfig config, Database database, Metrics metrics, Clock clock) {
        return new Studies(
                new StudyStore(database),
                StudyTopic.of(config),
                StudyKeys.rules(config),
                new StudyMeters(metrics, clock),
                clock);
    }

    /** Does so from now on; the tables have to be there. */
    public Sweeps start() {
        return Sweeps.start("studies", INTERVAL, this::sweep);
    }

    @Override
    public void close() {
        topic.close();
    }

    /** Everything that is due now. */
    void sweep(BooleanSupplier closing) {
        since = since.equals(Instant.MAX) ? now() : since;
        try {
            List<String> due;
            do {
                due = store.takeUp(now(), BATCH);
                due.forEach(this::advance);
            } while (due.size() == BATCH && !closing.getAsBoolean());
            publish(closing);
            count();
        } catch (StageException e) {
            since = now();
            log.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log("Studies cannot be rolled up now; none is lost, trying again");
        }
    }

    /** What is wrong with one study holds no other up: it is taken up again. What all need and is away ends the sweep. */
    private void advance(String studyUid) {
        try {
            Instant now = now();
            store.advance(studyUid, now, progress -> rules.next(progress, now, since));
        } catch (RetriableStageException e) {
            throw e;
        } catch (RuntimeException e) {
            log.atError().addKeyValue("studyUid", studyUid).setCause(e).log("A study cannot be rolled up");
        }
    }

    private void publish(BooleanSupplier closing) {
        if (clock.instant().isBefore(nextPublish)) {
            return;
        }
        var all = new AtomicBoolean(true);
        List<StudyRevision> published;
        do {
            published = store.publish(now(), BATCH, revisions -> {
                Map<String, RecordPlace> places = topic.write(revisions);
                all.compareAndSet(true, places.size() == revisions.size());
                return places;
            });
            published.forEach(revision -> meters.published(revision.state()));
        } while (published.size() == BATCH && !closing.getAsBoolean());
        if (all.get()) {
            backoff.succeeded();
        } else {
            since = now();
            nextPublish = since.plus(backoff.next());
        }
    }

    private void count() {
        Instant now = clock.instant();
        if (!now.isBefore(nextCount)) {
            meters.depth(store.depth());
            nextCount = now.plus(BETWEEN_COUNTS);
        }
    }

    /** Both databases keep microseconds; the records speak of milliseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
