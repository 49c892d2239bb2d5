package org.ctstream.worker.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.OptionalDouble;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.ctstream.model.classify.Embedding;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.schemas.avro.Heatmap;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.RecordPosition;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.worker.predict.Outcome;
import org.jspecify.annotations.Nullable;

/** Makes the classified record of a predicted scan. */
final class ResultRecords {
    private static final char FIELD_SEPARATOR = '\n';

    private final String worker;
    private final boolean embeddings;

    /**
     * @param worker name of this worker, as it stands in each result
     * @param embeddings whether results carry the embedding, if the engine gives one
     */
    ResultRecords(String worker, boolean embeddings) {
        this.worker = worker;
        this.embeddings = embeddings;
    }

    ScanClassified of(Outcome.Predicted predicted) {
        ScanNormalized scan = Objects.requireNonNull(predicted.scan().scan(), "a predicted scan has content");
        ModelRelease release = predicted.release();
        OptionalDouble probability = predicted.prediction().probability();
        String indeterminate = indeterminate(probability, predicted.scan().refusal());
        Label label = indeterminate == null ? label(probability, release.threshold()) : Label.INDETERMINATE;
        return ScanClassified.newBuilder()
                .setResultId(resultId(scan, release))
                .setScanId(scan.getScanId())
                .setStudyUid(scan.getStudyUid())
                .setSeriesUid(scan.getSeriesUid())
                .setInstanceUid(scan.getInstanceUid())
                .setPatientRef(scan.getPatientRef())
                .setSource(scan.getSource())
                .setPriority(scan.getPriority())
                .setSourceDigest(scan.getSourceDigest())
                .setPreprocessingVersion(scan.getPreprocessingVersion())
                .setLabel(label)
                // A number is required; 0.5 says nothing either way, and the label and reason say so aloud.
                .setProbability(probability.orElse(0.5))
                .setThreshold(release.threshold())
                .setIndeterminateReason(indeterminate)
                .setModelName(release.name())
                .setModelVersion(release.version())
                .setModelDigest(release.sha256())
                .setModelTrained(release.trained())
                .setEngine(predicted.engine().engine())
                .setDevice(predicted.engine().device().toString())
                .setWorker(worker)
                .setHeatmap(label == Label.POSITIVE ? heatmap(predicted.prediction()) : null)
                .setAcquiredAt(scan.getAcquiredAt())
                .setReceivedAt(scan.getReceivedAt())
                .setNormalizedAt(scan.getNormalizedAt())
                .setClassifiedAt(predicted.at())
                .setReceivedRecord(scan.getReceivedRecord())
                .setNormalizedRecord(position(predicted.scan().original()))
                .setEmbedding(embeddings ? embedding(predicted.prediction()) : null)
                .build();
    }

    private static RecordPosition position(ConsumerRecord<byte[], byte[]> record) {
        return new RecordPosition(record.topic(), record.partition(), record.offset());
    }

    private static @Nullable Heatmap heatmap(Prediction prediction) {
        return prediction
                .heatmap()
                .map(map -> new Heatmap(map.rows(), map.columns(), map.values()))
                .orElse(null);
    }

    private static @Nullable ByteBuffer embedding(Prediction prediction) {
        return prediction
                .embedding()
                .map(Embedding::bytes)
                .map(ByteBuffer::wrap)
                .orElse(null);
    }

    private static Label label(OptionalDouble probability, double threshold) {
        return probability.orElseThrow() >= threshold ? Label.POSITIVE : Label.NEGATIVE;
    }

    /** Why neither can be said: nothing was computed, or what was computed says nothing about such a picture. */
    private static @Nullable String indeterminate(OptionalDouble probability, @Nullable String refusal) {
        return probability.isEmpty() ? "the network's output for this scan is not a number" : refusal;
    }

    /**
     * The same scan classified again by the same release has the same result id. The scan id is part of it because two
     * scans may have the same content and still are two scans; the release's name and version because two releases may
     * share their weights and differ in statistics or threshold.
     */
    static String resultId(ScanNormalized scan, ModelRelease release) {
        String identity = scan.getScanId()
                + FIELD_SEPARATOR
                + scan.getSourceDigest()
                + FIELD_SEPARATOR
                + release.id()
                + FIELD_SEPARATOR
                + release.sha256()
                + FIELD_SEPARATOR
                + scan.getPreprocessingVersion();
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(identity.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
