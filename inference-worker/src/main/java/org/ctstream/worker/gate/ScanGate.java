package org.ctstream.worker.gate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.ctstream.model.gate.ChestGate;
import org.ctstream.model.gate.GateVerdict;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.worker.metrics.WorkerMeter;
import org.jspecify.annotations.Nullable;

/**
 * Measures each scan as it comes from Kafka, while the engine computes others.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class ScanGate {
    private final GateMode mode;
    private final ChestGate gate;
    private final Counter alike;
    private final Counter unlike;
    private final DistributionSummary distances;

    public ScanGate(GateMode mode, ChestGate gate, Metrics metrics) {
        this.mode = mode;
        this.gate = gate;
        this.alike = metrics.counter(WorkerMeter.GATE_SCANS, "chest");
        this.unlike = metrics.counter(WorkerMeter.GATE_SCANS, "other");
        this.distances = metrics.summary(WorkerMeter.GATE_DISTANCE);
    }

    /**
     * Why this scan's result has to be INDETERMINATE whatever the network says; null if it has not.
     *
     * <p>A scan of another size than the gate measures, or with another number of pixels than it says, is none of its
     * business.
     */
    public @Nullable String refusal(ScanNormalized scan) {
        ByteBuffer pixels = scan.getPixels();
        if (mode == GateMode.OFF
                || !ChestGate.measures(scan.getHeight(), scan.getWidth())
                || pixels.remaining() != scan.getHeight() * scan.getWidth()) {
            return null;
        }
        GateVerdict verdict = gate.judge(pixels);
        Optional<String> reason = verdict.reason();
        (reason.isEmpty() ? alike : unlike).increment();
        if (Double.isFinite(verdict.distance())) {
            distances.record(verdict.distance());
        }
        return mode == GateMode.ON ? reason.orElse(null) : null;
    }
}
