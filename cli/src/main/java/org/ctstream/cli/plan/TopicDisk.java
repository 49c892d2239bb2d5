package org.ctstream.cli.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ctstream.schemas.topic.Topic;

/**
 * What one topic holds when its retention has gone by once, over all its partitions and copies.
 *
 * @param topic its name; the topic of the STAT lane, where there is one, is counted in
 * @param recordBytes of one record, uncompressed, with key and headers
 * @param retentionDays after which records are deleted
 * @param diskBytes on all brokers together
 */
record TopicDisk(String topic, long recordBytes, double retentionDays, long diskBytes) {
    /** Key, headers, Avro and batch framing beside the pixels; a result; an alert: as measured on small streams. */
    private static final int FRAME_BYTES = 700;

    private static final int RESULT_BYTES = 1_500;
    /** A byte a feature of DenseNet169; other networks have 512 to 2,208. */
    private static final int EMBEDDING_BYTES = 1_664;

    private static final int ALERT_BYTES = 900;
    private static final long NORMALIZED_BYTES = 224L * 224;

    /** Indexes, the segment that is not deleted yet, and room to breathe. */
    private static final double HEAD_ROOM = 1.25;

    /** The topics that grow with the scans. */
    static List<TopicDisk> of(Workload load) {
        var all = new ArrayList<TopicDisk>();
        all.add(of(load, Topic.SCAN_RECEIVED, load.sliceBytes() + FRAME_BYTES, 1));
        all.add(of(load, Topic.SCAN_NORMALIZED, NORMALIZED_BYTES + FRAME_BYTES, 1));
        all.add(of(load, Topic.SCAN_CLASSIFIED, RESULT_BYTES + EMBEDDING_BYTES, 1));
        all.add(of(load, Topic.SCAN_ALERTED, ALERT_BYTES, load.positives()));
        return all;
    }

    private static TopicDisk of(Workload load, Topic topic, long bytes, double share) {
        double days = topic.spec().retention().toMillis()
                / (double) Duration.ofDays(1).toMillis();
        double disk = bytes * share * load.scansPerDay() * days * load.replication() * HEAD_ROOM;
        return new TopicDisk(topic.topicName(), bytes, days, Math.round(disk));
    }
}
