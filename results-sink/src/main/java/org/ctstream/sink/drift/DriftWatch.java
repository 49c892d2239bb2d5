package org.ctstream.sink.drift;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ctstream.service.error.StageException;
import org.ctstream.service.metrics.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for drift from time to time, on a thread of its own from {@link #start} until closed, and keeps what it found last for the
 * page and the meters.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class DriftWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DriftWatch.class);
    private static final long CLOSE_TIMEOUT_MS = 15_000;

    private final DriftReader reader;
    private final DriftSettings settings;
    private final MultiGauge psi;
    private final MultiGauge states;
    private final MultiGauge indeterminate;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "drift-watch");
    private volatile DriftReport latest;

    public DriftWatch(DriftReader reader, DriftSettings settings, Metrics metrics) {
        this.reader = reader;
        this.settings = settings;
        this.latest = reader.none();
        this.psi = MultiGauge.builder("ctstream.drift.psi")
                .description("Population stability index of a source's probabilities, against training or earlier")
                .register(metrics.registry());
        this.states = MultiGauge.builder("ctstream.drift.state")
                .description("0 if a source's probabilities are steady, 1 if they are shifting, 2 if they have shifted")
                .register(metrics.registry());
        this.indeterminate = MultiGauge.builder("ctstream.drift.indeterminate.share")
                .description("Share of a source's newest results that are INDETERMINATE, 0 to 1")
                .register(metrics.registry());
    }

    /** Begins to look; the tables have to be there. */
    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** What was found last. */
    public DriftReport latest() {
        return latest;
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSE_TIMEOUT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                look();
            } while (!closing.await(settings.interval().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A look that fails leaves what was found before, with its time. */
    private void look() {
        try {
            latest = reader.read();
            measure(latest);
        } catch (StageException e) {
            log.atWarn().addKeyValue("reason", e.getMessage()).log("Cannot look for drift now");
        } catch (RuntimeException e) {
            // Without this thread nobody would look again.
            log.atError().setCause(e).log("Looking for drift failed");
        }
    }

    private void measure(DriftReport report) {
        List<MultiGauge.Row<?>> indices = new ArrayList<>();
        List<MultiGauge.Row<?>> found = new ArrayList<>();
        List<MultiGauge.Row<?>> shares = new ArrayList<>();
        for (SourceDrift drift : report.sources()) {
            Tags tags = Tags.of("source", drift.source(), "model", drift.model(), "version", drift.version());
            shares.add(MultiGauge.Row.of(tags, drift.indeterminateShare()));
            for (Map.Entry<String, Comparison> comparison : drift.comparisons().entrySet()) {
                Tags against = tags.and("against", comparison.getKey());
                indices.add(MultiGauge.Row.of(against, comparison.getValue().psi()));
                found.add(
                        MultiGauge.Row.of(against, comparison.getValue().state().level()));
            }
        }
        psi.register(indices, true);
        states.register(found, true);
        indeterminate.register(shares, true);
    }
}
