package org.ctstream.service.metrics;

import java.util.List;

/** Meters of more than one service. */
public enum CommonMeter implements MeterDefinition {
    SCANS(
            MeterSpec.counter(
                    "scans",
                    "scans",
                    "Scans that left a stage, by outcome: normalized, classified, stored, redelivered, dead-lettered",
                    "stage",
                    "outcome"),
            "ingest",
            "inference-worker",
            "results-sink"),
    DEAD_LETTERS(
            MeterSpec.counter(
                    "dead.letters", "records", "Records that became dead letters, by reason", "stage", "reason"),
            "ingest",
            "inference-worker",
            "results-sink"),
    DEPENDENCY_UP(
            MeterSpec.gauge(
                    "dependency.up",
                    "0 or 1",
                    "1 while what the service depends on answers, 0 while it is away",
                    "dependency"),
            "gateway",
            "inference-worker",
            "ingest",
            "results-sink",
            "trainer");

    @SuppressWarnings("ImmutableEnumChecker") // a record that copies its list
    private final MeterSpec spec;

    @SuppressWarnings("ImmutableEnumChecker") // a copy
    private final List<String> services;

    CommonMeter(MeterSpec spec, String... services) {
        this.spec = spec;
        this.services = List.of(services);
    }

    @Override
    public MeterSpec spec() {
        return spec;
    }

    @Override
    public List<String> services() {
        return services;
    }
}
