package org.ctstream.cli.shadow;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.cli.connect.AdminCalls;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.evaluate.EvaluationReport.Metrics;
import org.ctstream.schemas.avro.ModelAssessed;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.event.EventHeaders;
import org.ctstream.service.topic.TopicCreator;
import org.jspecify.annotations.Nullable;

/** Writes summaries of reports to {@code ct.model.assessed}, where promotions look for them. */
final class AssessmentTopic {
    private static final String TOPIC = Topic.MODEL_ASSESSED.topicName();
    private static final String SOURCE = "ctstream/shadow";

    private AssessmentTopic() {}

    /** Creates the topic if it is missing, as on a cluster that an earlier version has set up: before the work, not after it. */
    static void prepare(Connection connection) {
        try (var calls = new AdminCalls(connection)) {
            new TopicCreator(calls.admin(), 0, -1).createMissing(List.of(Topic.MODEL_ASSESSED.spec()));
        }
    }

    /**
     * Publishes and waits for the acknowledgement.
     *
     * @return the record's offset
     * @throws org.ctstream.service.error.StageException if Kafka or the registry does not take it
     */
    static long publish(Connection connection, ShadowReport report) {
        ModelAssessed assessed = record(report);
        String key = assessed.getName() + ":" + assessed.getVersion();
        var headers =
                EventHeaders.starting(TOPIC, key + ":" + assessed.getCreatedAt(), SOURCE, assessed.getCreatedAt());
        try (Serializer<ModelAssessed> serializer = Serializers.valueSerializer(connection.serializers());
                var producer = new KafkaProducer<>(
                        connection.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] value = serializer.serialize(TOPIC, headers, assessed);
            return producer.send(new ProducerRecord<>(TOPIC, null, null, key.getBytes(UTF_8), value, headers))
                    .get()
                    .offset();
        } catch (ExecutionException | KafkaException e) {
            throw Failures.of(Stage.STORE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FatalStageException(Stage.STORE, "Interrupted while publishing the assessment of " + key, e);
        }
    }

    /** The summary, without anything that names a scan. */
    static ModelAssessed record(ShadowReport report) {
        Agreement agreement = report.agreement();
        Differences differences = report.differences();
        ShadowReport.Labelled labelled = report.labelled();
        Metrics candidate = labelled == null ? null : labelled.candidate();
        Metrics production = labelled == null ? null : labelled.production();
        EngineLatency latency = report.latency();
        return ModelAssessed.newBuilder()
                .setName(report.candidate().name())
                .setVersion(report.candidate().version())
                .setSha256(report.candidate().sha256())
                .setThreshold(report.candidate().threshold())
                .setProductionName(report.production().name())
                .setProductionVersion(report.production().version())
                .setProductionSha256(report.production().sha256())
                .setMode(report.range().mode())
                .setFrom(report.range().from())
                .setTo(report.range().to())
                .setScans(agreement.scans())
                .setAgreements(agreement.agreements())
                .setFlipsToPositive(agreement.flipsToPositive())
                .setFlipsToNegative(agreement.flipsToNegative())
                .setCandidateIndeterminate(agreement.candidateIndeterminate())
                .setProductionIndeterminate(agreement.productionIndeterminate())
                .setSkipped(report.skippedCount())
                .setKappa(agreement.kappa())
                .setMeanDifference(differences == null ? null : differences.mean())
                .setLabelled(labelled == null ? 0 : labelled.scans())
                .setLabelledPositive(labelled == null ? 0 : labelled.positives())
                .setCandidateAuc(auc(candidate))
                .setProductionAuc(auc(production))
                .setCandidateBrier(candidate == null ? null : candidate.brier())
                .setProductionBrier(production == null ? null : production.brier())
                .setCandidateCalibrationError(candidate == null ? null : candidate.expectedCalibrationError())
                .setProductionCalibrationError(production == null ? null : production.expectedCalibrationError())
                .setEngine(report.engine().name() + " on " + report.engine().device())
                .setMedianMillis(latency == null ? null : latency.medianMillis())
                .setAssessedBy(report.createdBy())
                .setCreatedAt(report.createdAt())
                .setCodeVersion(report.codeVersion())
                .build();
    }

    private static @Nullable Double auc(@Nullable Metrics metrics) {
        return metrics == null ? null : metrics.auc().value();
    }
}
