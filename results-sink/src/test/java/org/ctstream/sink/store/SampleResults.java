package org.ctstream.sink.store;

import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.schemas.avro.Heatmap;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.topic.Topic;

/** Classifications with a known content, and records of them. */
public final class SampleResults {
    public static final String TOPIC = Topic.SCAN_CLASSIFIED.topicName();
    public static final Instant RECEIVED = Instant.parse("2026-11-22T10:00:00.125Z");

    private SampleResults() {}

    /** A result of the scan by the model version; the same two give the same result id. */
    public static ScanClassified result(String scanId, String modelVersion, Label label) {
        return ScanClassified.newBuilder()
                .setResultId(scanId + "/" + modelVersion)
                .setScanId(scanId)
                .setStudyUid("2.25.1")
                .setSeriesUid("2.25.2")
                .setInstanceUid("2.25.3")
                .setPatientRef("pseudonym-7")
                .setSource("CT-1")
                .setPriority(Priority.ROUTINE)
                .setSourceDigest("ab".repeat(32))
                .setPreprocessingVersion("1")
                .setLabel(label)
                .setProbability(label == Label.POSITIVE ? 0.875 : 0.125)
                .setThreshold(0.5)
                .setIndeterminateReason(label == Label.INDETERMINATE ? "model is untrained" : null)
                .setModelName("densenet169")
                .setModelVersion(modelVersion)
                .setModelDigest("cd".repeat(32))
                .setModelTrained(true)
                .setEngine("pytorch")
                .setDevice("cpu")
                .setWorker("worker-1")
                .setHeatmap(label == Label.POSITIVE ? new Heatmap(1, 2, List.of(0.25f, 1.0f)) : null)
                .setAcquiredAt(null)
                .setReceivedAt(RECEIVED)
                .setNormalizedAt(RECEIVED.plusMillis(20))
                .setClassifiedAt(RECEIVED.plusMillis(80))
                .build();
    }

    public static ScanClassified result(String scanId, Label label) {
        return result(scanId, "1.0", label);
    }

    static TopicPartition partition(int number) {
        return new TopicPartition(TOPIC, number);
    }

    static Classified at(int partition, long offset, ScanClassified value) {
        return new Classified(record(partition, offset), value);
    }

    static ConsumerRecord<byte[], byte[]> record(int partition, long offset) {
        return new ConsumerRecord<>(TOPIC, partition, offset, new byte[0], new byte[0]);
    }
}
