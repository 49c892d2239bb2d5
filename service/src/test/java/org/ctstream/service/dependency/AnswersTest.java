package org.ctstream.service.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.ctstream.service.dependency.Answers.Standing;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private final Answers answers = new Answers(3);

    @Test
    void nothingIsSaidBeforeTheFirstAnswerOrEnoughSilence() {
        assertThat(answers.look()).isEqualTo(Standing.UNKNOWN);
        assertThat(answers.look()).isEqualTo(Standing.UNKNOWN);
        assertThat(answers.look()).isEqualTo(Standing.AWAY);
    }

    @Test
    void oneMissedAnswerIsNoAbsence() {
        answers.answered();
        assertThat(answers.look()).isEqualTo(Standing.THERE);
        answers.failed("refused");
        assertThat(answers.look()).isEqualTo(Standing.THERE);
        answers.answered();

        assertThat(answers.look()).isEqualTo(Standing.THERE);
        assertThat(answers.look()).isEqualTo(Standing.THERE);
    }

    @Test
    void absenceLastsUntilTheNextAnswer() {
        answers.answered();
        answers.failed("refused");
        for (int i = 0; i < 3; i++) {
            answers.look();
        }

        assertThat(answers.look()).isEqualTo(Standing.AWAY);
        assertThat(answers.lastFailure()).isEqualTo("refused");
        answers.answered();
        assertThat(answers.look()).isEqualTo(Standing.THERE);
    }

    @Test
    void fewerThanOneLookIsRefused() {
        assertThatThrownBy(() -> new Answers(0)).hasMessageContaining("awayAfter 0");
    }
}
