package org.ctstream.benchmarks.stream;

import java.util.Map;
import java.util.TreeMap;
import org.ctstream.benchmarks.engine.LocalEngines;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.worker.WorkerKeys;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the worker under test runs. */
final class WorkerOptions {
    @Option(
            names = "--engine",
            paramLabel = "NAME",
            description = "Engine of the worker. Default: the fastest this machine's processor has.")
    private @Nullable String engine;

    @Option(names = "--batch", paramLabel = "N", description = "Most scans of one batch, batch.max.size.")
    private int batch = 8;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of the engine; 0 lets the engine decide, as the product does.")
    private int threads;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "Sets a further key of the worker, for example -D batch.max.wait.ms=5.")
    private Map<String, String> further = new TreeMap<>();

    String engine() {
        return engine == null ? LocalEngines.preferred() : engine;
    }

    int batch() {
        return batch;
    }

    /** The worker's keys. */
    Map<String, String> keys() {
        var keys = new TreeMap<String, String>();
        keys.put(WorkerKeys.ENGINE, engine());
        keys.put(WorkerKeys.ENGINE_THREADS, Integer.toString(threads));
        keys.put(WorkerKeys.BATCH_MAX_SIZE, Integer.toString(batch));
        keys.putAll(further);
        return keys;
    }

    /** The same for an engine outside a worker. */
    EngineOptions engineOptions() {
        return EngineOptions.defaults().withThreads(threads).withMaxBatch(batch);
    }

    /** For the conditions of a run. */
    String text() {
        return "engine " + engine() + ", batch.max.size " + batch + ", engine.threads "
                + (threads == 0 ? "0 (the engine decides)" : threads) + (further.isEmpty() ? "" : ", " + further);
    }
}
