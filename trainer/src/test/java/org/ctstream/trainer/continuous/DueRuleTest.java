package org.ctstream.trainer.continuous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DueRuleTest {
    private static final Duration LONG = Duration.ofDays(400);

    @Test
    void enoughLabelsAreDueAtOnceAndOneFewerIsNot() {
        var rule = new DueRule(100, Duration.ZERO);

        assertThat(rule.due(100, Duration.ZERO))
                .hasValueSatisfying(why -> assertThat(why).contains("100 new labels"));
        assertThat(rule.due(99, Duration.ZERO)).isEmpty();
    }

    @Test
    void fewLabelsAreDueOnceTheFirstHasWaitedLongEnough() {
        var rule = new DueRule(100, Duration.ofHours(1));

        assertThat(rule.due(1, Duration.ofHours(1))).isPresent();
        assertThat(rule.due(1, Duration.ofHours(1).minusMillis(1))).isEmpty();
    }

    @Test
    void noLabelIsNeverDue() {
        assertThat(new DueRule(1, Duration.ofMillis(1)).due(0, LONG)).isEmpty();
    }

    @Test
    void waitOfZeroMeansForAsLongAsItTakes() {
        assertThat(new DueRule(2, Duration.ZERO).due(1, LONG)).isEmpty();
    }

    @Test
    void ruleOfNoLabelsIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DueRule(0, Duration.ZERO));
    }
}
