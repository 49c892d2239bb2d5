package org.ctstream.model.classify;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an engine is to run.
 *
 * @param device where the network runs
 * @param precision arithmetic of the network; an engine refuses one it does not have
 * @param threads threads on the host for one batch, over all sessions; 0 leaves the choice to the engine
 * @param sessions copies of the network that compute parts of a batch at the same time; 0 leaves the choice to the
 *     engine, and engines that have only one refuse more
 * @param maxBatch the most slices the caller will hand over at once, 1 to {@value #LARGEST_BATCH}
 * @param slicesPerRun the most slices a session computes at once, a larger batch is computed in parts; 0 leaves the
 *     choice to the engine, and engines that never divide a batch refuse anything else
 * @param cache folder for what an engine builds once for this machine and reads again at the next start; null for none
 * @param simulatedCost time the engine {@code none} takes; every other engine refuses anything but {@link SimulatedCost#NOTHING}
 */
public record EngineOptions(
        Device device,
        Precision precision,
        int threads,
        int sessions,
        int maxBatch,
        int slicesPerRun,
        @Nullable Path cache,
        SimulatedCost simulatedCost) {
    /** Beyond this no engine gains anything and one batch's memory is out of proportion. */
    public static final int LARGEST_BATCH = 1024;

    public EngineOptions {
        if (threads < 0) {
            throw new IllegalArgumentException(
                    "engine threads must be 0 (the engine decides) or more, found " + threads);
        }
        if (sessions < 0) {
            throw new IllegalArgumentException(
                    "engine sessions must be 0 (the engine decides) or more, found " + sessions);
        }
        if (slicesPerRun < 0) {
            throw new IllegalArgumentException(
                    "slices per run must be 0 (the engine decides) or more, found " + slicesPerRun);
        }
        if (maxBatch < 1 || maxBatch > LARGEST_BATCH) {
            throw new IllegalArgumentException(
                    "the engine's largest batch must be from 1 to " + LARGEST_BATCH + ", found " + maxBatch);
        }
    }

    /** On the processor in float32, by the engine's own choices, 32 slices at most, no cache, no simulated cost. */
    public static EngineOptions defaults() {
        return new EngineOptions(Device.CPU, Precision.FP32, 0, 0, 32, 0, null, SimulatedCost.NOTHING);
    }

    public EngineOptions withDevice(Device newDevice) {
        return new EngineOptions(newDevice, precision, threads, sessions, maxBatch, slicesPerRun, cache, simulatedCost);
    }

    public EngineOptions withPrecision(Precision newPrecision) {
        return new EngineOptions(device, newPrecision, threads, sessions, maxBatch, slicesPerRun, cache, simulatedCost);
    }

    public EngineOptions withThreads(int newThreads) {
        return new EngineOptions(device, precision, newThreads, sessions, maxBatch, slicesPerRun, cache, simulatedCost);
    }

    public EngineOptions withSessions(int newSessions) {
        return new EngineOptions(device, precision, threads, newSessions, maxBatch, slicesPerRun, cache, simulatedCost);
    }

    public EngineOptions withMaxBatch(int newMaxBatch) {
        return new EngineOptions(device, precision, threads, sessions, newMaxBatch, slicesPerRun, cache, simulatedCost);
    }

    public EngineOptions withSlicesPerRun(int newSlicesPerRun) {
        return new EngineOptions(device, precision, threads, sessions, maxBatch, newSlicesPerRun, cache, simulatedCost);
    }

    public EngineOptions withCache(@Nullable Path newCache) {
        return new EngineOptions(device, precision, threads, sessions, maxBatch, slicesPerRun, newCache, simulatedCost);
    }

    public EngineOptions withSimulatedCost(SimulatedCost newSimulatedCost) {
        return new EngineOptions(device, precision, threads, sessions, maxBatch, slicesPerRun, cache, newSimulatedCost);
    }

    /**
     * Time that the engine {@code none} lets pass as if a device were computing.
     *
     * @param perBatch spent once for every batch
     * @param perScan spent for every slice of it
     */
    public record SimulatedCost(Duration perBatch, Duration perScan) {
        public static final SimulatedCost NOTHING = new SimulatedCost(Duration.ZERO, Duration.ZERO);

        public SimulatedCost {
            if (perBatch.isNegative() || perScan.isNegative()) {
                throw new IllegalArgumentException("a simulated cost cannot be negative, found " + perBatch
                        + " for a batch and " + perScan + " for a scan");
            }
        }

        public static SimulatedCost ofMicros(long perBatchMicros, long perScanMicros) {
            return new SimulatedCost(
                    Duration.ofNanos(Math.multiplyExact(perBatchMicros, 1000)),
                    Duration.ofNanos(Math.multiplyExact(perScanMicros, 1000)));
        }

        /** What a batch of this size costs. */
        public Duration of(int slices) {
            return perBatch.plus(perScan.multipliedBy(slices));
        }
    }
}
