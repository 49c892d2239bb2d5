package org.ctstream.sink.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.StudyState;
import org.ctstream.sink.store.StudyProgress;
import org.ctstream.sink.store.StudyProgress.Said;
import org.ctstream.sink.store.StudyStep;
import org.ctstream.sink.store.StudyStep.Keep;
import org.ctstream.sink.store.StudyStep.Rest;
import org.ctstream.sink.store.StudyStep.Wait;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StudyRulesTest {
    private static final Instant BEGIN = Instant.parse("2026-11-23T10:00:00Z");
    private static final StudyRules RULES = new StudyRules(Duration.ofSeconds(60), Duration.ofSeconds(10), 1);

    @Test
    void firstPositiveSliceIsSaidAtOnce() {
        assertThat(next(stored(1, 0, 1, null), at(1))).isEqualTo(keep(StudyState.PROVISIONAL, false));
    }

    @Test
    void withoutAPositiveSliceTheProvisionalTimeIsWaitedFor() {
        assertThat(next(stored(3, 8, 0, null), at(9))).isEqualTo(new Wait(at(10)));
        assertThat(next(stored(3, 8, 0, null), at(10))).isEqualTo(keep(StudyState.PROVISIONAL, false));
    }

    @Test
    void studyThatIsQuietBeforeAnythingIsSaidIsFinalAtOnce() {
        assertThat(next(stored(3, 8, 3, null), at(68))).isEqualTo(keep(StudyState.FINAL, true));
    }

    @Test
    void provisionalStudyBecomesFinalWhenNoSliceCameForTheQuietTimeAndNotBefore() {
        Said said = said(StudyState.PROVISIONAL, false, Label.NEGATIVE, 10, 3);

        assertThat(next(stored(3, 8, 0, said), at(67))).isInstanceOf(Wait.class);
        assertThat(next(stored(3, 8, 0, said), at(68))).isEqualTo(keep(StudyState.FINAL, true));
    }

    @Test
    void eachSliceBeginsTheQuietTimeAnew() {
        Said said = said(StudyState.PROVISIONAL, false, Label.NEGATIVE, 60, 4);

        assertThat(next(stored(4, 59, 0, said), at(118))).isEqualTo(new Wait(at(119)));
    }

    @Test
    void positiveSliceOfAStudyCalledNegativeDoesNotWaitForTheRenewal() {
        Said negative = said(StudyState.PROVISIONAL, false, Label.NEGATIVE, 10, 3);
        Said positive = said(StudyState.PROVISIONAL, false, Label.POSITIVE, 10, 3);

        assertThat(next(stored(4, 11, 4, negative), at(11))).isEqualTo(keep(StudyState.PROVISIONAL, false));
        assertThat(next(stored(4, 11, 4, positive), at(11))).isEqualTo(new Wait(at(20)));
        assertThat(next(stored(4, 11, 3, negative), at(11)))
                .as("a positive slice that is known already")
                .isEqualTo(new Wait(at(20)));
    }

    @Test
    void whileSlicesComeWhatIsSaidIsRenewedEachProvisionalTime() {
        Said said = said(StudyState.PROVISIONAL, false, Label.NEGATIVE, 10, 3);

        assertThat(next(stored(4, 19, 0, said), at(20))).isEqualTo(keep(StudyState.PROVISIONAL, false));
        assertThat(next(stored(3, 9, 0, said), at(20))).as("nothing new").isEqualTo(new Wait(at(30)));
    }

    @Test
    void studyOfManySlicesIsRenewedLessOften() {
        var many = new Said(1, StudyState.PROVISIONAL, false, Label.NEGATIVE, 5_000, at(10), 3);

        assertThat(next(stored(4, 59, 0, many), at(59))).isEqualTo(new Wait(at(60)));
        assertThat(next(stored(4, 59, 0, many), at(60))).isEqualTo(keep(StudyState.PROVISIONAL, false));
    }

    @Test
    void lateSliceAmendsAFinalStudyAtOnceAndQuietCompletesTheAmendment() {
        Said complete = said(StudyState.FINAL, true, Label.NEGATIVE, 68, 3);
        assertThat(next(stored(3, 8, 0, complete), at(500))).isEqualTo(new Rest());
        assertThat(next(stored(4, 600, 0, complete), at(600))).isEqualTo(keep(StudyState.AMENDED, false));

        Said amended = said(StudyState.AMENDED, false, Label.NEGATIVE, 600, 4);
        assertThat(next(stored(4, 600, 0, amended), at(659))).isEqualTo(new Wait(at(660)));
        assertThat(next(stored(4, 600, 0, amended), at(660))).isEqualTo(keep(StudyState.AMENDED, true));

        Said again = said(StudyState.AMENDED, true, Label.NEGATIVE, 660, 4);
        assertThat(next(stored(4, 600, 0, again), at(700))).isEqualTo(new Rest());
        assertThat(next(stored(5, 700, 0, again), at(800)))
                .as("noticed when it was quiet again")
                .isEqualTo(keep(StudyState.AMENDED, true));
    }

    @Test
    void silenceBeforeThisSinkLookedSaysNothing() {
        Said said = said(StudyState.PROVISIONAL, false, Label.NEGATIVE, 10, 3);

        assertThat(RULES.next(stored(3, 8, 0, said), at(1_000), at(990))).isInstanceOf(Wait.class);
        assertThat(RULES.next(stored(3, 8, 0, null), at(1_000), at(990)))
                .as("most likely final, so that nothing provisional is said first")
                .isEqualTo(new Wait(at(1_050)));
        assertThat(RULES.next(stored(3, 8, 3, null), at(1_000), at(990)))
                .as("a positive slice nobody has heard of")
                .isEqualTo(keep(StudyState.PROVISIONAL, false));
        assertThat(RULES.next(stored(3, 8, 0, said), at(1_050), at(990))).isEqualTo(keep(StudyState.FINAL, true));
    }

    @Test
    void numberOfSlicesNeededGoesWithTheRevision() {
        StudyStep step = new StudyRules(Duration.ofSeconds(60), Duration.ofSeconds(10), 3)
                .next(stored(1, 0, 1, null), at(1), BEGIN);

        assertThat(step).isEqualTo(new Keep(StudyState.PROVISIONAL, false, 3));
    }

    @Test
    void timesOfNothingAndNoSlicesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new StudyRules(Duration.ZERO, Duration.ofSeconds(1), 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StudyRules(Duration.ofSeconds(1), Duration.ofSeconds(-1), 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StudyRules(Duration.ofSeconds(1), Duration.ofSeconds(1), 0));
    }

    private static StudyStep next(StudyProgress progress, Instant now) {
        return RULES.next(progress, now, BEGIN);
    }

    private static Instant at(long seconds) {
        return BEGIN.plusSeconds(seconds);
    }

    private static Keep keep(StudyState state, boolean complete) {
        return new Keep(state, complete, 1);
    }

    private static StudyProgress stored(long changes, long lastSlice, long positiveChanges, @Nullable Said said) {
        return new StudyProgress("2.25.1", BEGIN, at(lastSlice), changes, positiveChanges, said);
    }

    private static Said said(StudyState state, boolean complete, Label label, long rolledUp, long changes) {
        return new Said(1, state, complete, label, 40, at(rolledUp), changes);
    }
}
