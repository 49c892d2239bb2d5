package org.ctstream.worker.gate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.ctstream.model.gate.ChestGate;
import org.ctstream.model.gate.GateVerdict;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.service.metrics.Metrics;
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
        this.alike = slices(metrics, "chest");
        this.unlike = slices(metrics, "other");
        this.distances = DistributionSummary.builder("ctstream.gate.distance")
                .description("Distance of scans to chest CT slices, in standard deviations")
                .publishPercentiles(0.5, 0.95, 0.99)
                .register(metrics.registry());
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

    private static Counter slices(Metrics metrics, String verdict) {
        return Counter.builder("ctstream.gate.scans")
                .description("Scans the gate measured, by what they look like: chest, other")
                .tag("verdict", verdict)
                .register(metrics.registry());
    }
}
