package org.ctstream.worker;

import java.nio.file.Path;
import java.util.Locale;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.EngineOptions.SimulatedCost;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.engine.EngineChoice;
import org.ctstream.model.engine.EngineFallback;
import org.ctstream.model.engine.Engines;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.releases.ReleaseTopic;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.health.Health;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.worker.crash.CrashWatch;
import org.ctstream.worker.model.FollowedModel;
import org.ctstream.worker.model.ModelSource;
import org.ctstream.worker.model.PinnedModel;
import org.ctstream.worker.model.ReleaseOpener;
import org.ctstream.worker.model.ServingReport;
import org.jspecify.annotations.Nullable;

/** Makes what decides on the release to serve, as the configuration says. */
final class ModelSources {
    private ModelSources() {}

    /** @throws FatalStageException if engine, device or release are not well configured */
    static ModelSource of(ServiceConfig config, Engines engines, CrashWatch crashes, Health health, Metrics metrics) {
        try {
            var report = new ServingReport(health, metrics);
            EngineChoice engine = engines.choose(
                    config.string(WorkerKeys.ENGINE),
                    config.string(WorkerKeys.ENGINE_DEVICE),
                    constant(EngineFallback.class, config.string(WorkerKeys.ENGINE_FALLBACK)),
                    report::chosen);
            var opener = new ReleaseOpener(
                    new ModelStore(config.path(WorkerKeys.MODEL_STORE)),
                    engine.factory(),
                    engine.on(options(config)),
                    crashes::guard);
            String name = config.string(WorkerKeys.MODEL_NAME);
            String version = config.string(WorkerKeys.MODEL_VERSION);
            if (name.isEmpty() != version.isEmpty()) {
                throw new IllegalArgumentException(WorkerKeys.MODEL_NAME + " is '" + name + "' and "
                        + WorkerKeys.MODEL_VERSION + " is '" + version
                        + "' (expected: both, to pin a release, or neither)");
            }
            return name.isEmpty()
                    ? new FollowedModel(ReleaseTopic.of(config), opener, health, report)
                    : new PinnedModel(new ReleaseId(name, version), opener, report);
        } catch (IllegalArgumentException e) {
            throw new FatalStageException(Stage.CLASSIFY, "Cannot open the engine: " + e.getMessage(), e);
        }
    }

    private static EngineOptions options(ServiceConfig config) {
        return EngineOptions.defaults()
                .withPrecision(constant(Precision.class, config.string(WorkerKeys.ENGINE_PRECISION)))
                .withThreads(config.integer(WorkerKeys.ENGINE_THREADS))
                .withSessions(config.integer(WorkerKeys.ENGINE_SESSIONS))
                .withSlicesPerRun(config.integer(WorkerKeys.ENGINE_SLICES_PER_RUN))
                .withCache(cache(config))
                .withMaxBatch(config.integer(WorkerKeys.BATCH_MAX_SIZE))
                .withSimulatedCost(SimulatedCost.ofMicros(
                        config.longInteger(WorkerKeys.SIMULATED_BATCH_MICROS),
                        config.longInteger(WorkerKeys.SIMULATED_SCAN_MICROS)));
    }

    /** Where the worker notes what its engine has, if anywhere. */
    static CrashWatch crashes(ServiceConfig config) {
        return config.string(WorkerKeys.CRASH_JOURNAL).isBlank()
                ? CrashWatch.none()
                : CrashWatch.open(config.path(WorkerKeys.CRASH_JOURNAL), config.string(CommonKeys.INSTANCE_NAME));
    }

    private static @Nullable Path cache(ServiceConfig config) {
        return config.string(WorkerKeys.ENGINE_CACHE).isBlank() ? null : config.path(WorkerKeys.ENGINE_CACHE);
    }

    /** The configuration has checked that it is one of them, in lower case. */
    private static <E extends Enum<E>> E constant(Class<E> type, String name) {
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    }
}
