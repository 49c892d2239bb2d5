package org.ctstream.reliability.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.ctstream.worker.WorkerKeys;

/**
 * Engine {@code none} with a fixed cost, which takes time and no processor, as a GPU does.
 *
 * @param perBatch what a batch costs
 * @param perScan what each scan costs on top
 * @param batch most scans of a batch
 */
public record WorkerCost(Duration perBatch, Duration perScan, int batch) {
    private static final int MICRO = 1_000;

    public static WorkerCost ofScan(Duration perScan, int batch) {
        return new WorkerCost(Duration.ZERO, perScan, batch);
    }

    /** The worker's keys. A device is named, or each one would be tried, which costs two batches more at the start. */
    public Map<String, String> keys() {
        return Map.of(
                WorkerKeys.ENGINE,
                "none",
                WorkerKeys.ENGINE_DEVICE,
                "cpu",
                // The scans of these programs are grey patterns, whose brightness is the finding.
                WorkerKeys.GATE_MODE,
                "off",
                WorkerKeys.SIMULATED_BATCH_MICROS,
                Long.toString(perBatch.toNanos() / MICRO),
                WorkerKeys.SIMULATED_SCAN_MICROS,
                Long.toString(perScan.toNanos() / MICRO),
                WorkerKeys.BATCH_MAX_SIZE,
                Integer.toString(batch));
    }

    /** The same with further keys, which come first. */
    public Map<String, String> keysAnd(Map<String, String> further) {
        var keys = new TreeMap<>(keys());
        keys.putAll(further);
        return keys;
    }
}
