package org.ctstream.worker;

import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.EngineOptions.SimulatedCost;
import org.ctstream.model.engine.Engines;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.releases.ReleaseTopic;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.health.Health;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.worker.model.FollowedModel;
import org.ctstream.worker.model.ModelSource;
import org.ctstream.worker.model.PinnedModel;
import org.ctstream.worker.model.ReleaseOpener;
import org.ctstream.worker.model.ServingReport;

/** Makes what decides on the release to serve, as the configuration says. */
final class ModelSources {
    private ModelSources() {}

    /** @throws FatalStageException if engine, device or release are not well configured */
    static ModelSource of(ServiceConfig config, Engines engines, Health health, Metrics metrics) {
        try {
            var opener = new ReleaseOpener(
                    new ModelStore(config.path(WorkerKeys.MODEL_STORE)),
                    engines.named(config.string(WorkerKeys.ENGINE)),
                    options(config));
            var report = new ServingReport(health, metrics);
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
                .withDevice(Device.parse(config.string(WorkerKeys.ENGINE_DEVICE)))
                .withThreads(config.integer(WorkerKeys.ENGINE_THREADS))
                .withMaxBatch(config.integer(WorkerKeys.BATCH_MAX_SIZE))
                .withSimulatedCost(SimulatedCost.ofMicros(
                        config.longInteger(WorkerKeys.SIMULATED_BATCH_MICROS),
                        config.longInteger(WorkerKeys.SIMULATED_SCAN_MICROS)));
    }
}
