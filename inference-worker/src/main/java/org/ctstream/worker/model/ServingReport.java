package org.ctstream.worker.model;

import io.micrometer.core.instrument.Counter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.engine.auto.Selection;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.service.health.Health;
import org.ctstream.service.health.HealthParts;
import org.ctstream.service.metrics.GaugeRows;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.worker.metrics.WorkerMeter;
import org.ctstream.worker.predict.EnginePipeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which release is served, by what engine, and which release could not be: on {@code /readyz} as notes, in the log,
 * and in metrics ({@code ctstream_model_info}, {@code ctstream_model_swaps_total}, {@code ctstream_model_swap_failures_total}).
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class ServingReport {
    private static final Logger log = LoggerFactory.getLogger(ServingReport.class);
    private static final String SERVED = "model";
    private static final String ENGINE = HealthParts.ENGINE;
    private static final String NOT_TAKEN = "model-not-taken";

    private final Health health;
    private final GaugeRows info;
    private final Counter swaps;
    private final Map<String, Counter> failures = new HashMap<>();
    private volatile String choice = "";

    public ServingReport(Health health, Metrics metrics) {
        this.health = health;
        this.info = metrics.rows(WorkerMeter.MODEL_INFO);
        this.swaps = metrics.counter(WorkerMeter.MODEL_SWAPS);
        for (String reason : ReleaseFailure.REASONS) {
            failures.put(reason, metrics.counter(WorkerMeter.MODEL_SWAP_FAILURES, reason));
        }
    }

    /** An engine was chosen, which stays as long as the worker runs. The log has it from the one who chose. */
    public void chosen(Selection selection) {
        choice = selection.text();
    }

    /** This is served from now on. */
    void serving(EnginePipeline engine, ReleaseId id, String why) {
        ModelRelease release = engine.release();
        EngineDescription served = engine.engine();
        info.set(List.of(new GaugeRows.Row(
                1,
                List.of(
                        release.name(),
                        release.version(),
                        release.sha256(),
                        Boolean.toString(release.trained()),
                        served.engine(),
                        served.device().toString(),
                        precision(served)))));
        note(id, release.sha256(), why);
        health.note(ENGINE, served.text() + (choice.isEmpty() ? "" : "; chosen: " + choice));
        log.atInfo()
                .addKeyValue("release", id)
                .addKeyValue("why", why)
                .addKeyValue("model", release.id())
                .addKeyValue("modelDigest", release.sha256())
                .addKeyValue("trained", release.trained() ? "trained" : "untrained: probabilities mean nothing")
                .addKeyValue("engine", served.engine())
                .addKeyValue("engineVersion", served.version())
                .addKeyValue("device", served.device())
                .addKeyValue("precision", precision(served))
                .addKeyValue("threads", served.threads())
                .addKeyValue("sessions", served.sessions())
                .addKeyValue("slicesPerRun", served.slicesPerRun() == 0 ? "all" : served.slicesPerRun())
                .log("Serving");
    }

    private static String precision(EngineDescription engine) {
        return engine.precision().name().toLowerCase(Locale.ROOT);
    }

    /** As {@link #serving}, in place of another one while the worker runs. */
    void swapped(EnginePipeline engine, ReleaseId id, String why) {
        swaps.increment();
        serving(engine, id, why);
    }

    /** The same is served as before, for another reason. */
    void note(ReleaseId id, String sha256, String why) {
        health.note(SERVED, "serving " + id + " (SHA-256 " + sha256 + "): " + why);
    }

    /** An announced release could not be made ready; {@code keeps} says, for the log, what is served then. */
    void failed(AnnouncedRelease release, ReleaseFailure failure, String keeps) {
        Counter counter = failures.get(failure.reason());
        if (counter != null) {
            counter.increment();
        }
        String next = failure.mayPass() ? "tried again" : "not tried again before it is announced anew";
        health.note(
                NOT_TAKEN,
                "release " + release.id() + " cannot be served (" + failure.reason() + "): " + failure.message() + "; "
                        + next);
        log.atWarn()
                .addKeyValue("release", release.id())
                .addKeyValue("modelDigest", release.sha256())
                .addKeyValue("offset", release.offset())
                .addKeyValue("reason", failure.reason())
                .addKeyValue("message", failure.message())
                .addKeyValue("next", next)
                .addKeyValue("now", keeps)
                .log("Announced release cannot be served");
    }

    /** Nothing is left that could not be taken. */
    void nothingFailed() {
        health.forgetNote(NOT_TAKEN);
    }
}
