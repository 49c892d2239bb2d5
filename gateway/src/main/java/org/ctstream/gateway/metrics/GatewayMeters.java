package org.ctstream.gateway.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.ctstream.service.metrics.Metrics;

/**
 * The gateway's meters.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class GatewayMeters {
    private final Metrics metrics;
    private final Map<Protocol, Timer> acknowledged;
    private final Map<Protocol, Counter> bytes;

    public GatewayMeters(Metrics metrics) {
        this.metrics = metrics;
        this.acknowledged = Arrays.stream(Protocol.values())
                .collect(Collectors.toUnmodifiableMap(
                        protocol -> protocol,
                        protocol -> metrics.timer(GatewayMeter.ACKNOWLEDGEMENT, protocol.word())));
        this.bytes = Arrays.stream(Protocol.values())
                .collect(Collectors.toUnmodifiableMap(
                        protocol -> protocol, protocol -> metrics.counter(GatewayMeter.BYTES, protocol.word())));
    }

    /** {@code ctstream_gateway_objects_total}: objects that were answered, by how. */
    public void object(Protocol protocol, String result) {
        metrics.counter(GatewayMeter.OBJECTS, protocol.word(), result).increment();
    }

    /** {@code ctstream_gateway_bytes_total}: bytes of objects received, whatever became of them. */
    public void received(Protocol protocol, long count) {
        Objects.requireNonNull(bytes.get(protocol)).increment((double) count);
    }

    /** {@code ctstream_gateway_acknowledgement_seconds}: from an object's last byte to Kafka's acknowledgement. */
    public void acknowledged(Protocol protocol, Duration time) {
        Objects.requireNonNull(acknowledged.get(protocol)).record(time);
    }

    /** {@code ctstream_gateway_associations_total}: connections, by what became of their wish for an association. */
    public void association(String outcome) {
        metrics.counter(GatewayMeter.ASSOCIATIONS, outcome).increment();
    }

    /** {@code ctstream_gateway_connections}: connections to the DICOM port that are open now. */
    public <T> void connections(T server, ToDoubleFunction<T> open) {
        metrics.gauge(GatewayMeter.CONNECTIONS, server, open);
    }

    /** {@code ctstream_gateway_memory_bytes}: memory that objects being received take now. */
    public <T> void memory(T budget, ToDoubleFunction<T> taken) {
        metrics.gauge(GatewayMeter.MEMORY, budget, taken);
    }
}
