package org.ctstream.sink.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ctstream.service.error.StageException;
import org.ctstream.service.metrics.GaugeRows;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.sink.metrics.SinkMeter;
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
    private final GaugeRows psi;
    private final GaugeRows states;
    private final GaugeRows indeterminate;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "drift-watch");
    private volatile DriftReport latest;

    public DriftWatch(DriftReader reader, DriftSettings settings, Metrics metrics) {
        this.reader = reader;
        this.settings = settings;
        this.latest = reader.none();
        this.psi = metrics.rows(SinkMeter.DRIFT_PSI);
        this.states = metrics.rows(SinkMeter.DRIFT_STATE);
        this.indeterminate = metrics.rows(SinkMeter.DRIFT_INDETERMINATE);
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
        var indices = new ArrayList<GaugeRows.Row>();
        var found = new ArrayList<GaugeRows.Row>();
        var shares = new ArrayList<GaugeRows.Row>();
        for (SourceDrift drift : report.sources()) {
            shares.add(new GaugeRows.Row(
                    drift.indeterminateShare(), List.of(drift.source(), drift.model(), drift.version())));
            for (SourceDrift.Known known : drift.known()) {
                List<String> labels =
                        List.of(drift.source(), drift.model(), drift.version(), known.of(), known.against());
                indices.add(new GaugeRows.Row(known.comparison().psi(), labels));
                found.add(new GaugeRows.Row(known.comparison().state().level(), labels));
            }
        }
        psi.set(indices);
        states.set(found);
        indeterminate.set(shares);
    }
}
