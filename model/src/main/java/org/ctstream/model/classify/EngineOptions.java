package org.ctstream.model.classify;

import java.time.Duration;

/**
 * How an engine is to run.
 *
 * @param device where the network runs
 * @param threads threads on the host for one batch; 0 leaves the choice to the engine
 * @param maxBatch the most slices the caller will hand over at once, 1 to {@value #LARGEST_BATCH}
 * @param simulatedCost time the engine {@code none} takes; every other engine refuses anything but {@link SimulatedCost#NOTHING}
 */
public record EngineOptions(Device device, int threads, int maxBatch, SimulatedCost simulatedCost) {
    /** Beyond this no engine gains anything and one batch's memory is out of proportion. */
    public static final int LARGEST_BATCH = 1024;

    public EngineOptions {
        if (threads < 0) {
            throw new IllegalArgumentException(
                    "engine threads must be 0 (the engine decides) or more, found " + threads);
        }
        if (maxBatch < 1 || maxBatch > LARGEST_BATCH) {
            throw new IllegalArgumentException(
                    "the engine's largest batch must be from 1 to " + LARGEST_BATCH + ", found " + maxBatch);
        }
    }

    /** On the processor, threads by the engine's choice, 32 slices at most, no simulated cost. */
    public static EngineOptions defaults() {
        return new EngineOptions(Device.CPU, 0, 32, SimulatedCost.NOTHING);
    }

    public EngineOptions withDevice(Device newDevice) {
        return new EngineOptions(newDevice, threads, maxBatch, simulatedCost);
    }

    public EngineOptions withThreads(int newThreads) {
        return new EngineOptions(device, newThreads, maxBatch, simulatedCost);
    }

    public EngineOptions withMaxBatch(int newMaxBatch) {
        return new EngineOptions(device, threads, newMaxBatch, simulatedCost);
    }

    public EngineOptions withSimulatedCost(SimulatedCost newCost) {
        return new EngineOptions(device, threads, maxBatch, newCost);
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
