package org.ctstream.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.ctstream.schemas.avro.ImageStatistics;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.Stage;
import org.ctstream.worker.batch.PendingScan;

/** Makes scans for tests; every slice is one grey level, by which it is known again. */
public final class Scans {
    public static final int SIDE = 224;

    private Scans() {}

    public static ScanNormalized normalized(String scanId, int grey) {
        return normalized(scanId, grey, SIDE);
    }

    public static ScanNormalized normalized(String scanId, int grey, int side) {
        byte[] pixels = new byte[side * side];
        Arrays.fill(pixels, (byte) grey);
        return ScanNormalized.newBuilder()
                .setScanId(scanId)
                .setStudyUid(null)
                .setSeriesUid(null)
                .setInstanceUid(null)
                .setPatientRef(null)
                .setSource("test")
                .setAcquiredAt(null)
                .setReceivedAt(Instant.ofEpochMilli(1_000))
                .setNormalizedAt(Instant.ofEpochMilli(2_000))
                .setPriority(Priority.ROUTINE)
                .setHeight(side)
                .setWidth(side)
                .setPixels(ByteBuffer.wrap(pixels))
                .setSourceDigest("0".repeat(64))
                .setSourceFormat("PNG")
                .setPreprocessingVersion("1")
                .setStatistics(new ImageStatistics((double) grey, 0.0, grey, grey))
                .build();
    }

    public static ConsumerRecord<byte[], byte[]> record(int partition, long offset, String scanId) {
        return new ConsumerRecord<>(
                Topic.SCAN_NORMALIZED.topicName(), partition, offset, scanId.getBytes(UTF_8), new byte[] {1});
    }

    /** A pending scan on partition 0 whose offset is also its name. */
    public static PendingScan pending(long offset, int grey) {
        String scanId = "scan-" + offset;
        return PendingScan.decoded(record(0, offset, scanId), 1, normalized(scanId, grey));
    }

    /** A pending scan of the STAT lane, on its partition 0, whose offset is also its name. */
    public static PendingScan stat(long offset) {
        String scanId = "stat-" + offset;
        var record = new ConsumerRecord<>(
                Topic.SCAN_NORMALIZED_STAT.topicName(), 0, offset, scanId.getBytes(UTF_8), new byte[] {1});
        return PendingScan.decoded(record, 1, normalized(scanId, 10));
    }

    public static PendingScan poisoned(long offset) {
        return PendingScan.poisoned(
                record(0, offset, "scan-" + offset),
                1,
                new PoisonRecordException(Stage.DESERIALIZE, "undecodable", "value", "Bad.", "mend it.", null));
    }
}
