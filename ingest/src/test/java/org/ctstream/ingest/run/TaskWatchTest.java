package org.ctstream.ingest.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.ctstream.service.health.Health;
import org.junit.jupiter.api.Test;

class TaskWatchTest {
    private final HandClock clock = new HandClock();
    private final Health health = new Health(clock, Duration.ofMinutes(1));
    private final TaskWatch watch = new TaskWatch(health, clock);

    @Test
    void taskThatStandsStillIsSeenAndOneThatLeftIsNot() {
        watch.moved("0_0");
        watch.moved("0_1");
        clock.now = clock.now.plusSeconds(10);
        watch.moved("0_1");

        assertThat(watch.allMovedWithin(Duration.ofSeconds(10))).isTrue();
        assertThat(watch.allMovedWithin(Duration.ofSeconds(9))).isFalse();
        watch.left("0_0");
        assertThat(watch.allMovedWithin(Duration.ofSeconds(9))).isTrue();
    }

    @Test
    void serviceIsReadyOnlyWhenTheLastWaitingTaskGoesOn() {
        watch.waits("0_0", "store away");
        watch.waits("0_1", "registry away");

        watch.goesOn("0_0");
        assertThat(health.conditions()).containsEntry(TaskWatch.CONDITION, "registry away");
        watch.goesOn("0_1");
        assertThat(health.isReady()).isTrue();
    }

    @Test
    void serviceStaysNotReadyWhileTheThreadOfAWaitingTaskIsReplaced() {
        watch.waits("0_0", "store away");
        watch.left("0_0");
        clock.now = clock.now.plusSeconds(20);
        watch.forgetThoseGone();
        assertThat(health.isReady()).isFalse();

        watch.moved("0_0");
        clock.now = clock.now.plusSeconds(60);
        watch.forgetThoseGone();
        assertThat(health.isReady()).isFalse();
        watch.goesOn("0_0");
        assertThat(health.isReady()).isTrue();
    }

    @Test
    void waitingTaskThatWentToAnotherInstanceIsForgotten() {
        watch.waits("0_0", "store away");
        watch.left("0_0");
        clock.now = clock.now.plusSeconds(31);
        watch.forgetThoseGone();

        assertThat(health.isReady()).isTrue();
    }

    @Test
    void waitingCountsAsAlive() {
        watch.moved("0_0");
        clock.now = clock.now.plusSeconds(10);
        watch.waits("0_0", "store away");

        assertThat(watch.allMovedWithin(Duration.ofSeconds(1))).isTrue();
    }

    private static final class HandClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
