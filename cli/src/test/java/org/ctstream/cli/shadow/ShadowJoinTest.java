package org.ctstream.cli.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ShadowJoinTest {
    private static final Answer YES = Answer.of(OptionalDouble.of(0.9), 0.5);
    private static final Answer NO = Answer.of(OptionalDouble.of(0.1), 0.5);

    @Test
    void whicheverComesFirstIsJoinedWithTheOther() {
        var join = new ShadowJoin(10, true);

        join.candidate(key("a"), "CT-1", YES);
        join.production(key("b"), NO);
        assertThat(join.waiting()).containsExactly(key("a"));
        join.production(key("a"), NO);
        join.candidate(key("b"), "CT-2", YES);

        assertThat(join.waitingCount()).isZero();
        assertThat(join.compared())
                .containsExactly(new Compared(key("a"), "CT-1", YES, NO), new Compared(key("b"), "CT-2", YES, NO));
    }

    @Test
    void scanThatIsDeliveredTwiceIsComparedOnceByItsFirstAnswers() {
        var join = new ShadowJoin(10, true);

        join.candidate(key("a"), "CT-1", YES);
        join.candidate(key("a"), "CT-1", NO);
        join.production(key("a"), NO);
        join.production(key("a"), YES);
        join.candidate(key("a"), "CT-1", NO);

        assertThat(join.compared()).containsExactly(new Compared(key("a"), "CT-1", YES, NO));
        assertThat(join.waitingCount()).isZero();
    }

    @Test
    void anotherOriginalUnderTheSameIdIsAnotherScan() {
        var join = new ShadowJoin(10, true);

        join.candidate(new ScanKey("a", "one"), "CT-1", YES);
        join.production(new ScanKey("a", "two"), NO);

        assertThat(join.compared()).isEmpty();
    }

    @Test
    void inAReplayAResultNobodyWaitsForIsOfNoInterest() {
        var join = new ShadowJoin(10, false);

        join.production(key("a"), NO);
        join.candidate(key("a"), "CT-1", YES);

        assertThat(join.compared()).isEmpty();
        assertThat(join.waiting()).containsExactly(key("a"));
    }

    @Test
    void whatWaitsIsBoundedAndWhatIsForgottenIsCounted() {
        var join = new ShadowJoin(2, true);

        for (String scan : new String[] {"a", "b", "c"}) {
            join.candidate(key(scan), "CT-1", YES);
            join.production(key("other-" + scan), NO);
        }
        join.production(key("a"), NO);
        join.candidate(key("other-a"), "CT-1", YES);
        join.candidate(key("other-c"), "CT-1", YES);

        assertThat(join.compared())
                .extracting(compared -> compared.key().scanId())
                .containsExactly("other-c");
        assertThat(join.forgotten()).as("a, and b when other-a came").isEqualTo(2);
    }

    private static ScanKey key(String scan) {
        return new ScanKey(scan, "digest of " + scan);
    }
}
