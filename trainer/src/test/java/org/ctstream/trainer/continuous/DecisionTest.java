package org.ctstream.trainer.continuous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ctstream.trainer.continuous.Snapshots.image;

import java.time.Duration;
import org.ctstream.trainer.continuous.Decision.Kind;
import org.ctstream.trainer.dataset.Split;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DecisionTest {
    private static final DueRule TEN = new DueRule(10, Duration.ofMinutes(5));
    private static final Circumstances SAME = new Circumstances("settings", "1.0", null);

    @Test
    void enoughNewLabelsAreTrainedOn() {
        Decision decision = decide(Snapshots.trainable(0, 12), 12, Duration.ZERO, null, SAME);

        assertThat(decision.kind()).isEqualTo(Kind.TRAIN);
        assertThat(decision.why()).contains("12 new labels");
    }

    @Test
    void tooFewNewLabelsAreWaitedFor() {
        Decision decision = decide(Snapshots.trainable(0, 12), 9, Duration.ofMinutes(4), null, SAME);

        assertThat(decision).isEqualTo(new Decision(Kind.WAIT, "9 of 10 new labels"));
    }

    @Test
    void missingClassesBlockTrainingAndAreNamedWithTheRemedy() {
        LabelSnapshot noValidation = Snapshots.of(image(1, true, Split.TRAIN), image(2, false, Split.TRAIN));
        LabelSnapshot positivesOnly = Snapshots.of(
                image(1, true, Split.TRAIN), image(2, true, Split.VALIDATION), image(3, false, Split.VALIDATION));

        assertThat(decide(noValidation, 10, Duration.ZERO, null, SAME)).satisfies(decision -> {
            assertThat(decision.kind()).isEqualTo(Kind.BLOCKED);
            assertThat(decision.why())
                    .contains("no positive image for validation")
                    .contains("no negative image for validation")
                    .contains("publish-labeled");
        });
        assertThat(decide(positivesOnly, 10, Duration.ZERO, null, SAME).why())
                .contains("no negative image for train")
                .doesNotContain("validation,");
    }

    @Test
    void failedRunIsNotRepeatedWhileNothingChanges() {
        LabelSnapshot labels = Snapshots.trainable(0, 12);

        Decision decision = decide(labels, 12, Duration.ofDays(1), failed(labels), SAME);

        assertThat(decision.kind()).isEqualTo(Kind.BLOCKED);
        assertThat(decision.why()).contains("diverged").contains("not repeated").contains("10 further labels");
    }

    @Test
    void oneFurtherLabelDoesNotRepeatAFailedRunAndEnoughOfThemDo() {
        FailedRun failed = failed(Snapshots.trainable(0, 12));

        assertThat(decide(Snapshots.trainable(0, 13), 13, Duration.ofDays(1), failed, SAME)
                        .kind())
                .isEqualTo(Kind.BLOCKED);
        assertThat(decide(Snapshots.trainable(0, 22), 22, Duration.ZERO, failed, SAME)
                        .kind())
                .isEqualTo(Kind.TRAIN);
    }

    @Test
    void failedRunIsRepeatedWithOtherSettingsAnotherProgramOrAnotherReleaseInProduction() {
        LabelSnapshot labels = Snapshots.trainable(0, 12);
        FailedRun failed = failed(labels);

        assertThat(new Circumstances[] {
                    new Circumstances("others", "1.0", null),
                    new Circumstances("settings", "1.1", null),
                    new Circumstances("settings", "1.0", "densenet169:2")
                })
                .allSatisfy(changed -> assertThat(decide(labels, 12, Duration.ZERO, failed, changed)
                                .kind())
                        .isEqualTo(Kind.TRAIN));
    }

    @Test
    void fullDiskIsTriedAgainOnlyWithMoreRoom() {
        var full = new FailedRun(Snapshots.plan("s", Snapshots.trainable(0, 2), null), "disk full", true, 1_000);
        var other = new FailedRun(full.plan(), "diverged", false, 1_000);

        assertThat(full.hasRoomAgain(1_000 + FailedRun.MORE_ROOM_BYTES)).isTrue();
        assertThat(full.hasRoomAgain(999 + FailedRun.MORE_ROOM_BYTES)).isFalse();
        assertThat(other.hasRoomAgain(Long.MAX_VALUE)).isFalse();
    }

    private static Decision decide(
            LabelSnapshot now,
            long newLabels,
            Duration waited,
            @Nullable FailedRun failed,
            Circumstances circumstances) {
        return Decision.of(TEN, now, newLabels, waited, failed, circumstances);
    }

    private static FailedRun failed(LabelSnapshot labels) {
        return FailedRun.of(
                Snapshots.plan("settings", labels, null), new IllegalStateException("training diverged"), 1_000);
    }
}
