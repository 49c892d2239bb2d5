package org.ctstream.worker;

import java.util.function.Supplier;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.EngineOptions.SimulatedCost;
import org.ctstream.model.engine.Engines;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseException;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.untrained.UntrainedRelease;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;

/** Opens the configured engine on the configured release, each time anew. */
final class ClassifierOpener implements Supplier<Classifier> {
    private final ServiceConfig config;

    ClassifierOpener(ServiceConfig config) {
        this.config = config;
    }

    /**
     * @throws FatalStageException if engine, device or release cannot be had as configured
     * @throws ClassifierException if the device fails in a way that may pass
     */
    @Override
    public Classifier get() {
        try {
            return Engines.standard().named(config.string(WorkerKeys.ENGINE)).open(release(), options());
        } catch (ReleaseException | IllegalArgumentException | ClassifierException.Unavailable e) {
            throw new FatalStageException(Stage.CLASSIFY, "Cannot open the engine: " + e.getMessage(), e);
        }
    }

    private StoredRelease release() {
        var store = new ModelStore(config.path(WorkerKeys.MODEL_STORE));
        String name = config.string(WorkerKeys.MODEL_NAME);
        return name.isEmpty()
                ? UntrainedRelease.in(store)
                : store.load(new ReleaseId(name, config.string(WorkerKeys.MODEL_VERSION)));
    }

    private EngineOptions options() {
        return new EngineOptions(
                Device.parse(config.string(WorkerKeys.ENGINE_DEVICE)),
                config.integer(WorkerKeys.ENGINE_THREADS),
                config.integer(WorkerKeys.BATCH_MAX_SIZE),
                SimulatedCost.ofMicros(
                        config.longInteger(WorkerKeys.SIMULATED_BATCH_MICROS),
                        config.longInteger(WorkerKeys.SIMULATED_SCAN_MICROS)));
    }
}
