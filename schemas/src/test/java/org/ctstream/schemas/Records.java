package org.ctstream.schemas;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.ctstream.schemas.avro.ClaimCheck;
import org.ctstream.schemas.avro.Heatmap;
import org.ctstream.schemas.avro.ImageStatistics;
import org.ctstream.schemas.avro.InlinePayload;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.LetterRedriven;
import org.ctstream.schemas.avro.Lineage;
import org.ctstream.schemas.avro.ModelAssessed;
import org.ctstream.schemas.avro.ModelReleased;
import org.ctstream.schemas.avro.ModelStage;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.schemas.avro.RecordPosition;
import org.ctstream.schemas.avro.RedriveOutcome;
import org.ctstream.schemas.avro.ScanAlerted;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.avro.ScanLabeled;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.avro.Split;
import org.ctstream.schemas.avro.StudyClassified;
import org.ctstream.schemas.avro.StudyState;
import org.ctstream.schemas.topic.Topic;

/** One record of each type, with every field set and nothing left to chance. */
public final class Records {
    private static final Instant RECEIVED_AT = Instant.ofEpochMilli(1_790_000_000_123L);
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    private Records() {}

    /** The record of a topic. */
    public static SpecificRecord of(Topic topic) {
        return switch (topic) {
            case SCAN_RECEIVED, SCAN_RECEIVED_STAT -> received();
            case SCAN_NORMALIZED, SCAN_NORMALIZED_STAT -> normalized();
            case SCAN_CLASSIFIED -> classified();
            case SCAN_ALERTED -> alerted();
            case SCAN_LABELED -> labeled();
            case MODEL_RELEASED -> released();
            case AUDIT_REDRIVEN -> redriven();
            case STUDY_CLASSIFIED -> studyClassified();
            case MODEL_ASSESSED -> assessed();
        };
    }

    public static ScanReceived received() {
        return ScanReceived.newBuilder()
                .setScanId("scan-1")
                .setStudyUid("2.25.1")
                .setSeriesUid("2.25.2")
                .setInstanceUid("2.25.3")
                .setPatientRef("p-1")
                .setSource("CT1")
                .setAcquiredAt(RECEIVED_AT.minusSeconds(60))
                .setReceivedAt(RECEIVED_AT)
                .setPriority(Priority.STAT)
                .setContentType("image/png")
                .setPayload(new InlinePayload(ByteBuffer.wrap(new byte[] {1, 2, 3})))
                .setAttributes(Map.of("ward", "7"))
                .build();
    }

    public static ScanNormalized normalized() {
        return ScanNormalized.newBuilder()
                .setScanId("scan-1")
                .setStudyUid("2.25.1")
                .setSeriesUid("2.25.2")
                .setInstanceUid("2.25.3")
                .setPatientRef("p-1")
                .setSource("CT1")
                .setAcquiredAt(null)
                .setReceivedAt(RECEIVED_AT)
                .setNormalizedAt(RECEIVED_AT.plusMillis(5))
                .setPriority(Priority.ROUTINE)
                .setHeight(2)
                .setWidth(3)
                .setPixels(ByteBuffer.wrap(new byte[] {0, 1, 2, 127, (byte) 128, (byte) 255}))
                .setSourceDigest(DIGEST)
                .setSourceFormat("PNG")
                .setPreprocessingVersion("1")
                .setStatistics(new ImageStatistics(85.5, 90.25, 0, 255))
                .setReceivedRecord(new RecordPosition("ct.scan.received", 5, 18_822L))
                .build();
    }

    public static ScanClassified classified() {
        return ScanClassified.newBuilder()
                .setResultId(DIGEST)
                .setScanId("scan-1")
                .setStudyUid("2.25.1")
                .setSeriesUid("2.25.2")
                .setInstanceUid("2.25.3")
                .setPatientRef("p-1")
                .setSource("CT1")
                .setPriority(Priority.ROUTINE)
                .setSourceDigest(DIGEST)
                .setPreprocessingVersion("1")
                .setLabel(Label.POSITIVE)
                .setProbability(0.75)
                .setThreshold(0.5)
                .setIndeterminateReason(null)
                .setModelName("densenet169")
                .setModelVersion("3")
                .setModelDigest(DIGEST)
                .setModelTrained(true)
                .setEngine("pytorch")
                .setDevice("cpu")
                .setWorker("worker-0")
                .setHeatmap(new Heatmap(1, 2, List.of(0.25f, 1f)))
                .setAcquiredAt(null)
                .setReceivedAt(RECEIVED_AT)
                .setNormalizedAt(RECEIVED_AT.plusMillis(5))
                .setClassifiedAt(RECEIVED_AT.plusMillis(9))
                .setReceivedRecord(new RecordPosition("ct.scan.received", 5, 18_822L))
                .setNormalizedRecord(new RecordPosition("ct.scan.normalized", 2, 42L))
                .setEmbedding(ByteBuffer.wrap(new byte[] {127, 0, -127}))
                .build();
    }

    public static ScanAlerted alerted() {
        return ScanAlerted.newBuilder()
                .setAlertId(DIGEST)
                .setScanId("scan-1")
                .setStudyUid("2.25.1")
                .setSeriesUid("2.25.2")
                .setInstanceUid("2.25.3")
                .setSource("CT1")
                .setPriority(Priority.STAT)
                .setProbability(0.75)
                .setThreshold(0.5)
                .setModelName("densenet169")
                .setModelVersion("3")
                .setModelDigest(DIGEST)
                .setModelTrained(true)
                .setAcquiredAt(RECEIVED_AT.minusSeconds(60))
                .setReceivedAt(RECEIVED_AT)
                .setClassifiedAt(RECEIVED_AT.plusMillis(9))
                .setAlertedAt(RECEIVED_AT.plusMillis(12))
                .build();
    }

    public static ScanLabeled labeled() {
        return ScanLabeled.newBuilder()
                .setScanId("scan-1")
                .setImage(new ClaimCheck("file:///store/scan-1.png", DIGEST, 123_456L))
                .setLabel(Label.NEGATIVE)
                .setSplit(Split.TRAIN)
                .setLabelledBy("reader-1")
                .setLabelledAt(RECEIVED_AT.plusSeconds(3600))
                .setOrigin("review")
                .build();
    }

    public static ModelReleased released() {
        return ModelReleased.newBuilder()
                .setName("densenet169")
                .setVersion("3")
                .setUri("file:///models/densenet169/3")
                .setSha256(DIGEST)
                .setArchitecture("densenet169")
                .setMean(List.of(0.5, 0.5, 0.5))
                .setStandardDeviation(List.of(0.25, 0.25, 0.25))
                .setThreshold(0.5)
                .setTrained(true)
                .setMetrics(Map.of("accuracy", 0.94))
                .setLineage(new Lineage(Map.of("0", 42L), 7L, "0.1.0", "densenet169:2"))
                .setStage(ModelStage.PRODUCTION)
                .setReleasedAt(RECEIVED_AT)
                .setChangedBy("operator")
                .setChangeReason("better in shadow")
                .build();
    }

    public static LetterRedriven redriven() {
        return LetterRedriven.newBuilder()
                .setScanId("scan-1")
                .setLetterTopic("ct.scan.received.dlt")
                .setLetterPartition(0)
                .setLetterOffset(42L)
                .setLetterAt(RECEIVED_AT.plusMillis(7))
                .setStage("decode")
                .setCause("truncated")
                .setOutcome(RedriveOutcome.REFUSED)
                .setRefusal("redriven 3 times or more")
                .setRedrives(3)
                .setRedrivenBy("operator")
                .setReason("archive repaired")
                .setRedrivenAt(RECEIVED_AT.plusSeconds(60))
                .build();
    }

    public static StudyClassified studyClassified() {
        return StudyClassified.newBuilder()
                .setStudyUid("2.25.1")
                .setRevision(3)
                .setSupersedes(2)
                .setState(StudyState.AMENDED)
                .setComplete(true)
                .setLabel(Label.POSITIVE)
                .setSlices(40)
                .setPositiveSlices(3)
                .setNegativeSlices(36)
                .setIndeterminateSlices(1)
                .setPositiveSlicesNeeded(1)
                .setWorstScanId("scan-1")
                .setWorstResultId(DIGEST)
                .setWorstProbability(0.75)
                .setMeanProbability(0.25)
                .setModelTrained(true)
                .setModels(List.of("densenet169:3"))
                .setSources(List.of("CT1"))
                .setPriority(Priority.STAT)
                .setFirstReceivedAt(RECEIVED_AT)
                .setFirstSliceAt(RECEIVED_AT.plusMillis(12))
                .setLastSliceAt(RECEIVED_AT.plusSeconds(40))
                .setRolledUpAt(RECEIVED_AT.plusSeconds(100))
                .build();
    }

    public static ModelAssessed assessed() {
        return ModelAssessed.newBuilder()
                .setName("densenet169")
                .setVersion("3")
                .setSha256(DIGEST)
                .setThreshold(0.5)
                .setProductionName("densenet169")
                .setProductionVersion("2")
                .setProductionSha256(DIGEST)
                .setMode("replay")
                .setFrom(RECEIVED_AT)
                .setTo(RECEIVED_AT.plusSeconds(60))
                .setScans(1_000L)
                .setAgreements(990L)
                .setFlipsToPositive(6L)
                .setFlipsToNegative(4L)
                .setCandidateIndeterminate(1L)
                .setProductionIndeterminate(2L)
                .setSkipped(3L)
                .setKappa(0.98)
                .setMeanDifference(0.01)
                .setLabelled(100L)
                .setLabelledPositive(40L)
                .setCandidateAuc(0.95)
                .setProductionAuc(0.94)
                .setCandidateBrier(0.1)
                .setProductionBrier(0.11)
                .setCandidateCalibrationError(0.02)
                .setProductionCalibrationError(0.03)
                .setEngine("onnxruntime on cpu")
                .setMedianMillis(12.5)
                .setAssessedBy("operator")
                .setCreatedAt(RECEIVED_AT.plusSeconds(120))
                .setCodeVersion("0.1.0")
                .build();
    }
}
