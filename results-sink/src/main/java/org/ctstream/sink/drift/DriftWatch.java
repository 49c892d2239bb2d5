package org.ctstream.sink.drift;

import java.util.ArrayList;
import java.util.List;
import org.ctstream.service.error.StageException;
import org.ctstream.service.lifecycle.Sweeps;
import org.ctstream.service.metrics.GaugeRows;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.sink.metrics.SinkMeter;
import org.jspecify.annotations.Nullable;
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

    private final DriftReader reader;
    private final DriftSettings settings;
    private final GaugeRows psi;
    private final GaugeRows states;
    private final GaugeRows indeterminate;
    private volatile @Nullable Sweeps looks;
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
        looks = Sweeps.start("drift-watch", settings.interval(), closing -> look());
    }

    /** What was found last. */
    public DriftReport latest() {
        return latest;
    }

    @Override
    public void close() {
        Sweeps current = looks;
        if (current != null) {
            current.close();
        }
    }

    /** A look that fails leaves what was found before, with its time. */
    private void look() {
        try {
            latest = reader.read();
            measure(latest);
        } catch (StageException e) {
            log.atWarn().addKeyValue("reason", e.getMessage()).log("Cannot look for drift now");
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
