package org.ctstream.trainer.continuous;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.schemas.avro.Lineage;
import org.ctstream.schemas.avro.ModelReleased;
import org.ctstream.schemas.avro.ModelStage;
import org.junit.jupiter.api.Test;

class PromotionRuleTest {
    @Test
    void candidateThatIsBetterByTheMarginIsPromoted() {
        var rule = new PromotionRule(true, 0.01);

        assertThat(rule.judge(0.86, 0.85).promote()).isTrue();
        assertThat(rule.judge(0.859, 0.85).promote()).isFalse();
        assertThat(rule.judge(0.80, 0.85).promote()).isFalse();
    }

    @Test
    void betterCandidateStaysOneWherePeoplePromote() {
        var verdict = new PromotionRule(false, 0.01).judge(0.99, 0.5);

        assertThat(verdict.promote()).isFalse();
        assertThat(verdict.why()).contains("0.9900").contains("0.5000").contains("people promote");
    }

    @Test
    void figuresAndMarginAreSaidEitherWay() {
        assertThat(new PromotionRule(true, 0.02).judge(0.7, 0.6).why())
                .contains("0.7000")
                .contains("0.6000")
                .contains("+0.1000")
                .contains("+0.0200");
    }

    @Test
    void noCandidateBeatsAMarginOfTwoAndAnyBeatsMinusOne() {
        assertThat(new PromotionRule(true, 2).judge(1, 0).promote()).isFalse();
        assertThat(new PromotionRule(true, -1).judge(0, 1).promote()).isTrue();
    }

    @Test
    void figureThatIsNotANumberNeverPromotes() {
        assertThat(new PromotionRule(true, -1).judge(Double.NaN, 0.5).promote()).isFalse();
        assertThat(new PromotionRule(true, -1).judge(0.9, Double.NaN).promote()).isFalse();
    }

    @Test
    void verdictHoldsWhileProductionAndCandidateAreAsTheyWere() {
        assertThat(PromotionRule.overtaken(
                        release("1", ModelStage.PRODUCTION),
                        release("1", ModelStage.PRODUCTION),
                        release("2", ModelStage.CANDIDATE)))
                .isEmpty();
        assertThat(PromotionRule.overtaken(null, null, release("2", ModelStage.CANDIDATE)))
                .isEmpty();
    }

    @Test
    void verdictAgainstAReleaseThatWasReplacedSinceIsOvertaken() {
        AnnouncedRelease candidate = release("2", ModelStage.CANDIDATE);
        AnnouncedRelease other = release("3", ModelStage.PRODUCTION);

        assertThat(PromotionRule.overtaken(release("1", ModelStage.PRODUCTION), other, candidate))
                .hasValueSatisfying(why -> assertThat(why).contains("net:1").contains("net:3"));
        assertThat(PromotionRule.overtaken(null, other, candidate)).isPresent();
        assertThat(PromotionRule.overtaken(other, null, candidate)).isPresent();
    }

    @Test
    void candidateThatPeopleRetiredPromotedOrWithdrewIsLeftToThem() {
        AnnouncedRelease same = release("1", ModelStage.PRODUCTION);

        assertThat(PromotionRule.overtaken(same, same, release("2", ModelStage.RETIRED)))
                .hasValueSatisfying(why -> assertThat(why).contains("RETIRED"));
        assertThat(PromotionRule.overtaken(same, same, release("2", ModelStage.PRODUCTION)))
                .isPresent();
        assertThat(PromotionRule.overtaken(same, same, null)).isPresent();
    }

    private static AnnouncedRelease release(String version, ModelStage stage) {
        return new AnnouncedRelease(
                ModelReleased.newBuilder()
                        .setName("net")
                        .setVersion(version)
                        .setUri("file:///models/net/" + version)
                        .setSha256("%064x".formatted(Integer.parseInt(version)))
                        .setArchitecture("small-cnn")
                        .setMean(List.of(0.5, 0.5, 0.5))
                        .setStandardDeviation(List.of(0.25, 0.25, 0.25))
                        .setThreshold(0.5)
                        .setTrained(true)
                        .setMetrics(Map.of())
                        .setLineage(new Lineage(Map.of(), 7L, "test", null))
                        .setStage(stage)
                        .setReleasedAt(Instant.parse("2026-01-01T00:00:00Z"))
                        .build(),
                0);
    }
}
