package org.ctstream.trainer.continuous;

import static org.assertj.core.api.Assertions.assertThat;

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
}
