package org.ctstream.worker.metrics;

import java.util.List;
import org.ctstream.service.metrics.MeterDefinition;
import org.ctstream.service.metrics.MeterSpec;

/** Meters of the worker alone. */
public enum WorkerMeter implements MeterDefinition {
    SCANS_IN_HAND(MeterSpec.gauge("scans.in.hand", "scans", "Scans that wait for the engine or are with it", "lane")),
    INPUT(MeterSpec.timer("inference.input", "Time to decode one scan for the engine")),
    QUEUE(MeterSpec.timer("inference.queue", "Time one scan waits before the engine until its batch is taken", "lane")),
    INFERENCE(MeterSpec.timer("inference.batch", "Time the engine takes for one batch")),
    OUTPUT(MeterSpec.timer(
            "inference.output", "Time from the end of a scan's batch until Kafka has its result", "lane")),
    BATCH_SIZE(MeterSpec.summary("batch.size", "scans", "Scans in one batch")),
    SCAN_AGE(MeterSpec.timer("scan.age.at.result", "Time from a scan's receipt to its published result", "lane")),
    MODEL_INFO(MeterSpec.gauge(
            "model.info",
            "1",
            "1, with the release that is served, and by what, in the labels",
            "model",
            "version",
            "digest",
            "trained",
            "engine",
            "device",
            "precision")),
    MODEL_SWAPS(
            MeterSpec.counter("model.swaps", "releases", "Releases that took over from another while the worker ran")),
    MODEL_SWAP_FAILURES(MeterSpec.counter(
            "model.swap.failures",
            "attempts",
            "Attempts to make an announced release ready that failed, by reason",
            "reason")),
    QUEUE_IN_HAND(MeterSpec.gauge(
            "queue.in.hand", "scans", "In queue mode, scans this worker has from Kafka whose results are not out yet")),
    QUEUE_RENEWALS(
            MeterSpec.counter("queue.renewals", "locks", "In queue mode, locks renewed, one for each scan and time")),
    QUEUE_REDELIVERIES(MeterSpec.counter(
            "queue.redeliveries",
            "scans",
            "In queue mode, scans that another worker, or this one, had before and did not finish")),
    QUEUE_LOCKS_LOST(MeterSpec.counter(
            "queue.locks.lost",
            "locks",
            "In queue mode, locks found to have run out, by what found it: renewal, acceptance",
            "found")),
    QUEUE_HANDED_BACK(
            MeterSpec.counter("queue.handed.back", "scans", "In queue mode, scans given back to Kafka undone")),
    GATE_SCANS(MeterSpec.counter(
            "gate.scans", "scans", "Scans the gate measured, by what they look like: chest, other", "verdict")),
    GATE_DISTANCE(MeterSpec.summary("gate.distance", "standard deviations", "Distance of scans to chest CT slices"));

    @SuppressWarnings("ImmutableEnumChecker") // a record that copies its list
    private final MeterSpec spec;

    WorkerMeter(MeterSpec spec) {
        this.spec = spec;
    }

    @Override
    public MeterSpec spec() {
        return spec;
    }

    @Override
    public List<String> services() {
        return List.of("inference-worker");
    }
}
