package org.ctstream.cli.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.model.HollowReleases;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.releases.ReleaseAnnouncer;
import org.ctstream.releases.ReleaseTopic;
import org.ctstream.schemas.avro.ModelAssessed;
import org.ctstream.schemas.avro.ModelStage;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;

/** Announces a candidate, net:2, and publishes how it did in shadow of what is in production. */
final class CandidateInShadow {
    private CandidateInShadow() {}

    /** Where nothing is in production, net:1 is from now on. */
    static void announce(Connection connection, Path folder) throws Exception {
        var store = new ModelStore(folder);
        StoredRelease candidate = HollowReleases.save(store, "2", "candidate");
        var topic = new ReleaseTopic(connection.consumer(), connection.serializers());
        try (var announcer = ReleaseAnnouncer.open(connection.producer(), connection.serializers())) {
            if (topic.read().production().isEmpty()) {
                announcer.announce(
                        HollowReleases.save(store, "1", "production").release(), ModelStage.PRODUCTION, folder);
            }
            announcer.announce(candidate.release(), ModelStage.CANDIDATE, folder);
        }
        publish(connection, assessment(candidate, topic.read().production().orElseThrow()));
    }

    private static ModelAssessed assessment(StoredRelease candidate, AnnouncedRelease production) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return ModelAssessed.newBuilder()
                .setName(candidate.release().name())
                .setVersion(candidate.release().version())
                .setSha256(candidate.release().sha256())
                .setThreshold(candidate.release().threshold())
                .setProductionName(production.id().name())
                .setProductionVersion(production.id().version())
                .setProductionSha256(production.sha256())
                .setMode("replay")
                .setFrom(now.minus(2, ChronoUnit.HOURS))
                .setTo(now.minus(1, ChronoUnit.HOURS))
                .setScans(1_986L)
                .setAgreements(1_941L)
                .setFlipsToPositive(31L)
                .setFlipsToNegative(14L)
                .setCandidateIndeterminate(0L)
                .setProductionIndeterminate(3L)
                .setSkipped(11L)
                .setKappa(0.946)
                .setMeanDifference(0.012)
                .setLabelled(212L)
                .setLabelledPositive(97L)
                .setCandidateAuc(0.931)
                .setProductionAuc(0.912)
                .setCandidateBrier(0.104)
                .setProductionBrier(0.121)
                .setCandidateCalibrationError(0.041)
                .setProductionCalibrationError(0.063)
                .setEngine("onnxruntime on cpu")
                .setMedianMillis(41.5)
                .setAssessedBy("operator")
                .setCreatedAt(now)
                .setCodeVersion("0.1.0")
                .build();
    }

    private static void publish(Connection connection, ModelAssessed assessed) throws Exception {
        String topic = Topic.MODEL_ASSESSED.topicName();
        String key = assessed.getName() + ":" + assessed.getVersion();
        try (Serializer<ModelAssessed> serializer = Serializers.valueSerializer(connection.serializers());
                var producer = new KafkaProducer<>(
                        connection.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), serializer.serialize(topic, assessed)))
                    .get();
        }
    }
}
