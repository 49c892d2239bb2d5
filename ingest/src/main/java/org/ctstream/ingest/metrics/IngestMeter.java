package org.ctstream.ingest.metrics;

import java.util.List;
import org.ctstream.service.metrics.MeterDefinition;
import org.ctstream.service.metrics.MeterSpec;

/** Meters of ingest alone. */
public enum IngestMeter implements MeterDefinition {
    FETCH(MeterSpec.timer("ingest.fetch", "Time to get one scan's encoded bytes")),
    DECODE(MeterSpec.timer("ingest.decode", "Time to decode and resize one scan"));

    @SuppressWarnings("ImmutableEnumChecker") // a record that copies its list
    private final MeterSpec spec;

    IngestMeter(MeterSpec spec) {
        this.spec = spec;
    }

    @Override
    public MeterSpec spec() {
        return spec;
    }

    @Override
    public List<String> services() {
        return List.of("ingest");
    }
}
