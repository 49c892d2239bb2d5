package org.ctstream.gateway.metrics;

import java.util.List;
import org.ctstream.service.metrics.MeterDefinition;
import org.ctstream.service.metrics.MeterSpec;

/** Meters of the gateway alone. */
public enum GatewayMeter implements MeterDefinition {
    ACKNOWLEDGEMENT(MeterSpec.timer(
            "gateway.acknowledgement", "Time from an object's last byte to Kafka's acknowledgement", "protocol")),
    BYTES(MeterSpec.counter(
            "gateway.bytes", "bytes", "Bytes of objects received, whatever became of them", "protocol")),
    OBJECTS(MeterSpec.counter(
            "gateway.objects", "objects", "Objects that were answered: stored, or why not", "protocol", "result")),
    ASSOCIATIONS(MeterSpec.counter(
            "gateway.associations",
            "connections",
            "Connections to the DICOM port, by what became of them: accepted, calling-title, called-title, too-many, malformed, timed-out, aborted, lost and the like",
            "outcome")),
    CONNECTIONS(MeterSpec.gauge("gateway.connections", "connections", "Open connections to the DICOM port")),
    MEMORY(MeterSpec.gauge("gateway.memory", "bytes", "Memory that objects being received take"));

    @SuppressWarnings("ImmutableEnumChecker") // a record that copies its list
    private final MeterSpec spec;

    GatewayMeter(MeterSpec spec) {
        this.spec = spec;
    }

    @Override
    public MeterSpec spec() {
        return spec;
    }

    @Override
    public List<String> services() {
        return List.of("gateway");
    }
}
