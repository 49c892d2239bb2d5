package org.ctstream.service.metrics;

import java.util.List;

/** Meters of a service that is not there. */
enum SampleMeter implements MeterDefinition {
    AGE(MeterSpec.timer("age", "Ages")),
    SIZE(MeterSpec.summary("size", MeterSpec.BYTES, "Sizes")),
    TAKEN(MeterSpec.gauge("memory", MeterSpec.BYTES, "Memory taken", "part")),
    ERRORS(MeterSpec.counter("errors", "errors", "Errors", "kind", "place"));

    @SuppressWarnings("ImmutableEnumChecker") // a record that copies its list
    private final MeterSpec spec;

    SampleMeter(MeterSpec spec) {
        this.spec = spec;
    }

    @Override
    public MeterSpec spec() {
        return spec;
    }

    @Override
    public List<String> services() {
        return List.of("test");
    }
}
