package org.ctstream.releases.assess;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.releases.AnnouncementDecoding;
import org.ctstream.releases.ReleaseCatalogue;
import org.ctstream.releases.Releases;
import org.ctstream.schemas.avro.ModelAssessed;
import org.ctstream.schemas.avro.ModelReleased;
import org.ctstream.schemas.avro.ModelStage;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShadowRuleTest {
    private static final Map<String, String> SERIALIZERS = Map.of("schema.registry.url", "mock://assessments");
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final ReleaseId CANDIDATE = new ReleaseId("net", "2");
    private static final ShadowRule RULE = new ShadowRule(1_000, 0.05, Duration.ofDays(7));

    private final ReleaseCatalogue catalogue = announced("1", ModelStage.PRODUCTION, "2", ModelStage.CANDIDATE);

    @Test
    void candidateThatHasBeenInShadowLongEnoughMayBePromoted() {
        assertThat(objection(assessment().build())).isEmpty();
    }

    @Test
    void candidateWithoutAnAssessmentIsToldTheCommandThatMakesOne() {
        assertThat(objection(null))
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("net:2 is promoted", "no assessment", "ctstream model shadow net:2 --last 1100"));
    }

    @Test
    void assessmentOfOtherWeightsOrAgainstAnotherReleaseCountsForNothing() {
        assertThat(objection(assessment().setSha256(Releases.digest("9")).build()))
                .hasValueSatisfying(why -> assertThat(why).contains("other weights"));
        assertThat(objection(assessment().setProductionVersion("0").build()))
                .hasValueSatisfying(why -> assertThat(why).contains("against net:0", "in production is net:1"));
        assertThat(objection(
                        assessment().setProductionSha256(Releases.digest("9")).build()))
                .as("the same name with other weights")
                .isPresent();
    }

    @Test
    void fewScansManyFlipsAndAgeAreNamedWithWhatIsWanted() {
        assertThat(objection(assessment().setScans(999L).build()))
                .hasValueSatisfying(why -> assertThat(why).contains("999 scans", "1000 or more"));
        assertThat(objection(assessment().setFlipsToPositive(50L).build())).isEmpty();
        assertThat(objection(assessment()
                        .setFlipsToPositive(25L)
                        .setFlipsToNegative(26L)
                        .build()))
                .hasValueSatisfying(why -> assertThat(why).contains("5.10 %", "5.00 % or less"));
        assertThat(objection(assessment()
                        .setCreatedAt(NOW.minus(Duration.ofDays(7)).minusMillis(1))
                        .build()))
                .hasValueSatisfying(why -> assertThat(why).contains("within 168 hours"));
    }

    @Test
    void scansOnWhichTheCandidateAloneCannotDecideCountAsFlips() {
        ModelAssessed assessed = assessment().setCandidateIndeterminate(100L).build();

        assertThat(ShadowRule.otherwise(assessed)).isEqualTo(100 / 1_100.0);
        assertThat(objection(assessed)).isPresent();
        assertThat(ShadowRule.otherwise(
                        assessment().setScans(0L).setCandidateIndeterminate(0L).build()))
                .as("of nothing")
                .isEqualTo(1);
    }

    @Test
    void wayBackIsNeverBlocked() {
        ReleaseCatalogue rolledForward = announced("2", ModelStage.PRODUCTION, "1", ModelStage.PRODUCTION);

        assertThat(RULE.objection(rolledForward, CANDIDATE, Releases.digest("2"), null, NOW))
                .isEmpty();
    }

    @Test
    void withoutAReleaseInProductionAnAssessmentIsWantedAllTheSame() {
        ReleaseCatalogue none = announced("1", ModelStage.RETIRED, "2", ModelStage.CANDIDATE);

        assertThat(RULE.objection(none, CANDIDATE, Releases.digest("2"), null, NOW))
                .hasValueSatisfying(why -> assertThat(why).contains("--against RELEASE"));
        assertThat(RULE.objection(
                        none, CANDIDATE, Releases.digest("2"), assessment().build(), NOW))
                .isEmpty();
    }

    @Test
    void boundsThatMeanNothingAreRefused() {
        assertThatThrownBy(() -> new ShadowRule(0, 0.05, Duration.ofDays(7)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ShadowRule(1, Double.NaN, Duration.ofDays(7)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ShadowRule(1, 0.05, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void newestAssessmentOfAReleaseIsKeptAndJunkIsPassedOver() {
        try (var assessments = new Assessments(SERIALIZERS)) {
            assessments.take(
                    record(0, "net:2", serialized(assessment().setScans(5L).build())));
            assessments.take(
                    record(1, "net:2", serialized(assessment().setScans(6L).build())));
            assessments.take(record(2, "net:2", "junk".getBytes(UTF_8)));
            assessments.take(
                    record(3, "net:9", serialized(assessment().setScans(7L).build())));

            assertThat(assessments.of(CANDIDATE)).map(ModelAssessed::getScans).contains(6L);
            assertThat(assessments.of(new ReleaseId("net", "9"))).isEmpty();

            assessments.take(record(4, "net:2", null));
            assertThat(assessments.of(CANDIDATE)).isEmpty();
        }
    }

    private Optional<String> objection(@Nullable ModelAssessed assessed) {
        return RULE.objection(catalogue, CANDIDATE, Releases.digest("2"), assessed, NOW);
    }

    private static ModelAssessed.Builder assessment() {
        return ModelAssessed.newBuilder()
                .setName("net")
                .setVersion("2")
                .setSha256(Releases.digest("2"))
                .setThreshold(0.4)
                .setProductionName("net")
                .setProductionVersion("1")
                .setProductionSha256(Releases.digest("1"))
                .setMode("replay")
                .setFrom(NOW.minusSeconds(60))
                .setTo(NOW)
                .setScans(1_000L)
                .setAgreements(1_000L)
                .setFlipsToPositive(0L)
                .setFlipsToNegative(0L)
                .setCandidateIndeterminate(0L)
                .setProductionIndeterminate(0L)
                .setSkipped(0L)
                .setEngine("onnxruntime on cpu")
                .setAssessedBy("dr-lee")
                .setCreatedAt(NOW.minusSeconds(3_600))
                .setCodeVersion("test");
    }

    /** Version and stage of two releases, the later last. */
    private static ReleaseCatalogue announced(String first, ModelStage ofFirst, String second, ModelStage ofSecond) {
        var decoding = new AnnouncementDecoding(SERIALIZERS);
        Serializer<ModelReleased> serializer = Serializers.valueSerializer(SERIALIZERS);
        String topic = Topic.MODEL_RELEASED.topicName();
        ReleaseCatalogue one = decoding.apply(
                ReleaseCatalogue.EMPTY,
                new ConsumerRecord<>(
                        topic,
                        0,
                        0,
                        ("net:" + first).getBytes(UTF_8),
                        serializer.serialize(topic, Releases.record(first, ofFirst))));
        return decoding.apply(
                one,
                new ConsumerRecord<>(
                        topic,
                        0,
                        1,
                        ("net:" + second).getBytes(UTF_8),
                        serializer.serialize(topic, Releases.record(second, ofSecond))));
    }

    private static byte[] serialized(ModelAssessed assessed) {
        Serializer<ModelAssessed> serializer = Serializers.valueSerializer(SERIALIZERS);
        return serializer.serialize(Topic.MODEL_ASSESSED.topicName(), assessed);
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, String key, byte @Nullable [] value) {
        return new ConsumerRecord<>(Topic.MODEL_ASSESSED.topicName(), 0, offset, key.getBytes(UTF_8), value);
    }
}
