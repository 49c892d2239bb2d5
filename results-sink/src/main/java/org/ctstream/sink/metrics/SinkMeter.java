package org.ctstream.sink.metrics;

import java.util.List;
import org.ctstream.service.metrics.MeterDefinition;
import org.ctstream.service.metrics.MeterSpec;

/** Meters of the sink alone. */
public enum SinkMeter implements MeterDefinition {
    STORE(MeterSpec.timer("store", "Time to store one poll in the database")),
    END_TO_END(MeterSpec.timer("end.to.end", "Time from a scan's receipt to its stored result")),
    ALERTS(MeterSpec.counter("alerts", "alerts", "Alerts published on ct.scan.alerted")),
    EMBEDDINGS_DROPPED(MeterSpec.counter(
            "embeddings.dropped",
            "embeddings",
            "Embeddings left out of the database because they are empty or too long")),
    LAG_SCANS(MeterSpec.gauge(
            "lag.scans",
            "scans",
            "Records a group has before it on one partition; every sink of a stream says the same",
            "group",
            "topic",
            "partition")),
    LAG(MeterSpec.gauge(
            "lag",
            "seconds",
            "Age of the oldest record a group has before it on one partition, 0 if there is none; every sink of a stream says the same",
            "group",
            "topic",
            "partition")),
    DELIVERIES(MeterSpec.counter(
            "alert.deliveries",
            "attempts",
            "Attempts to deliver an alert beyond Kafka, by outcome: delivered, failed, dead",
            "endpoint",
            "outcome")),
    DELIVERY(MeterSpec.timer("alert.delivery", "Time of one attempt to deliver an alert beyond Kafka", "endpoint")),
    OUTBOX_PENDING(MeterSpec.gauge(
            "alert.outbox.pending",
            "alerts",
            "Alerts that wait for an endpoint; every sink of a database says the same",
            "endpoint")),
    OUTBOX_DEAD(MeterSpec.gauge(
            "alert.outbox.dead",
            "alerts",
            "Alerts that were given up for an endpoint; every sink of a database says the same",
            "endpoint")),
    OUTBOX_OLDEST_AGE(MeterSpec.gauge(
            "alert.outbox.oldest.age",
            "seconds",
            "Age of the oldest alert that waits for an endpoint; 0 if none waits",
            "endpoint")),
    STUDIES_PUBLISHED(MeterSpec.counter(
            "studies.published",
            "revisions",
            "Revisions of studies published on ct.study.classified, by state",
            "state")),
    STUDIES_OPEN(MeterSpec.gauge(
            "studies.open",
            "studies",
            "Studies whose slices may still be coming; every sink of a database says the same")),
    STUDIES_PENDING(MeterSpec.gauge(
            "studies.pending",
            "revisions",
            "Revisions of studies that wait to be published; every sink of a database says the same")),
    STUDIES_OLDEST_PENDING_AGE(MeterSpec.gauge(
            "studies.oldest.pending.age",
            "seconds",
            "Age of the oldest revision of a study that waits to be published; 0 if none waits")),
    DRIFT_PSI(MeterSpec.gauge(
            "drift.psi",
            "1",
            "Population stability index of a source's probabilities or embeddings, against training or earlier; every sink of a database says the same",
            "source",
            "model",
            "version",
            "of",
            "against")),
    DRIFT_STATE(MeterSpec.gauge(
            "drift.state",
            "1",
            "0 if a source's probabilities or embeddings are steady, 1 if they are shifting, 2 if they have shifted, against training or earlier",
            "source",
            "model",
            "version",
            "of",
            "against")),
    DRIFT_INDETERMINATE(MeterSpec.gauge(
            "drift.indeterminate.share",
            "1",
            "Share of a source's newest results that are INDETERMINATE, 0 to 1",
            "source",
            "model",
            "version"));

    @SuppressWarnings("ImmutableEnumChecker") // a record that copies its list
    private final MeterSpec spec;

    SinkMeter(MeterSpec spec) {
        this.spec = spec;
    }

    @Override
    public MeterSpec spec() {
        return spec;
    }

    @Override
    public List<String> services() {
        return List.of("results-sink");
    }
}
