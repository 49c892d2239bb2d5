package org.ctstream.ingest.topology;

import java.time.Duration;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.ctstream.ingest.run.Retries;
import org.ctstream.ingest.run.TaskWatch;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.service.metrics.Metrics;

/**
 * A lane's {@code ct.scan.received} → normalize → {@code ct.scan.normalized} of the lane the scan's priority names. Keys
 * and values are bytes at both ends: the key goes through untouched, so a scan stays in its partition number where both
 * topics have as many, and values are decoded in {@link ScanPipeline}. No state stores, no repartitioning.
 *
 * <p>Each lane is an application by itself, with threads of its own: within one, a thread hands out what its consumer has
 * fetched before it asks for more, and a STAT scan would wait behind all of that.
 */
public final class IngestTopology {
    /** A commit takes a thread 3 to 6 ms. */
    private static final Duration SHORTEST_LULL = Duration.ofMillis(25);

    /** STAT scans share a commit only where they come faster than it takes. */
    private static final Duration SHORTEST_STAT_LULL = Duration.ofMillis(5);

    private IngestTopology() {}

    public static Topology of(Lane lane, ScanPipeline pipeline, Retries retries, TaskWatch watch, Metrics metrics) {
        var lulls = new Lulls(lane == Lane.STAT ? SHORTEST_STAT_LULL : SHORTEST_LULL, System::nanoTime);
        var topology = new Topology()
                .addSource(
                        "received",
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        lane.received().topicName())
                .addProcessor(
                        "normalize",
                        () -> new NormalizeProcessor(lane, pipeline, retries, watch, lulls, metrics),
                        "received");
        for (Lane target : Lane.values()) {
            topology.addSink(
                    sink(target),
                    target.normalized().topicName(),
                    new ByteArraySerializer(),
                    new ByteArraySerializer(),
                    "normalize");
        }
        return topology;
    }

    /** The name of the node that writes a lane's normalized scans. */
    static String sink(Lane lane) {
        return "normalized-" + lane.word();
    }
}
