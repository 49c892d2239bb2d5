package org.ctstream.sink.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private final RetrySchedule schedule = new RetrySchedule(Duration.ofSeconds(2), Duration.ofHours(1), 80);

    @Test
    void waitsDoubleUpToTheLongest() {
        assertThat(schedule.waitAfter(1, () -> 1)).hasSeconds(2);
        assertThat(schedule.waitAfter(2, () -> 1)).hasSeconds(4);
        assertThat(schedule.waitAfter(11, () -> 1)).hasSeconds(2_048);
        assertThat(schedule.waitAfter(12, () -> 1)).hasHours(1);
        assertThat(schedule.waitAfter(Integer.MAX_VALUE, () -> 1)).hasHours(1);
    }

    @Test
    void jitterTakesUpToHalfAway() {
        assertThat(schedule.waitAfter(2, () -> 0)).hasSeconds(2);
        assertThat(schedule.waitAfter(2, () -> 0.5)).hasSeconds(3);
    }

    @Test
    void theDefaultAttemptsTakeMoreThanADayEvenWithTheShortestWaits() {
        Duration all = Duration.ZERO;
        for (int failures = 1; !schedule.isOver(failures); failures++) {
            all = all.plus(schedule.waitAfter(failures, () -> 0));
        }
        assertThat(all).isBetween(Duration.ofHours(34), Duration.ofDays(3));
    }

    @Test
    void theLastAttemptIsTheEnd() {
        assertThat(schedule.isOver(79)).isFalse();
        assertThat(schedule.isOver(80)).isTrue();
    }

    @Test
    void aScheduleWithoutAttemptsOrWithWaitsTheWrongWayRoundIsRefused() {
        assertThatThrownBy(() -> new RetrySchedule(Duration.ofSeconds(1), Duration.ofSeconds(1), 0))
                .hasMessageContaining("attempts 0");
        assertThatThrownBy(() -> new RetrySchedule(Duration.ofSeconds(2), Duration.ofSeconds(1), 1))
                .hasMessageContaining("waits");
    }
}
