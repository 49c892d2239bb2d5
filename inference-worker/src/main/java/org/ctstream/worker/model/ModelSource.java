package org.ctstream.worker.model;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ctstream.model.classify.Classifier;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.worker.predict.EnginePipeline;

/** Decides which release a worker serves. Used by one thread. */
public interface ModelSource extends AutoCloseable {

    /**
     * Starts the engine with the release to serve first. Called once.
     *
     * @param start starts it with what opens the classifier
     * @param stopping true once the worker is to stop
     * @return the engine, owned by the caller; empty if the worker is to stop before there is a release to serve
     * @throws FatalStageException if engine, device or release cannot be had as configured
     */
    Optional<EnginePipeline> start(Function<Supplier<Classifier>, EnginePipeline> start, BooleanSupplier stopping);

    /** Decides no more; the engine goes on with what it serves. */
    @Override
    void close();
}
