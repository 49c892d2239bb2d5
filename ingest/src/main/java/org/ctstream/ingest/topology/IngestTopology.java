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
    /** A commit takes a thread 3 to 6 ms. */
    private static final Duration SHORTEST_LULL = Duration.ofMillis(25);

    private IngestTopology() {}

    public static Topology of(ScanPipeline pipeline, Retries retries, TaskWatch watch, Metrics metrics) {
        var lulls = new Lulls(SHORTEST_LULL, System::nanoTime);
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
