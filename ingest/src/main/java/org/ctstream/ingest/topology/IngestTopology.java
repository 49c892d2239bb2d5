package org.ctstream.ingest.topology;

import java.time.Duration;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.ctstream.ingest.run.Retries;
import org.ctstream.ingest.run.TaskWatch;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.metrics.Metrics;

/**
 * {@code ct.scan.received} → normalize → {@code ct.scan.normalized}. Keys and values are bytes at both ends: the key goes
 * through untouched, so a scan stays in its partition number where both topics have as many, and values are decoded in
 * {@link ScanPipeline}. No state stores, no repartitioning.
 */
public final class IngestTopology {
    private IngestTopology() {}

    /** @param commitInterval after a lull of this length a scan is committed at once */
    public static Topology of(
            ScanPipeline pipeline, Retries retries, TaskWatch watch, Duration commitInterval, Metrics metrics) {
        var lulls = new Lulls(commitInterval, System::nanoTime);
        return new Topology()
                .addSource(
                        "received",
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        Topic.SCAN_RECEIVED.topicName())
                .addProcessor(
                        "normalize", () -> new NormalizeProcessor(pipeline, retries, watch, lulls, metrics), "received")
                .addSink(
                        "normalized",
                        Topic.SCAN_NORMALIZED.topicName(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer(),
                        "normalize");
    }
}
