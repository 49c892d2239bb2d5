package org.ctstream.service.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthTest {
    private final HandClock clock = new HandClock();
    private final Health health = new Health(clock, Duration.ofSeconds(10));

    @Test
    void notReadyBeforeAnythingIsKnown() {
        assertThat(health.isReady()).isFalse();
    }

    @Test
    void readyOnlyWhileEveryPartIs() {
        health.ready("kafka");
        health.ready("engine");
        assertThat(health.isReady()).isTrue();

        health.notReady("engine", "device lost");
        assertThat(health.isReady()).isFalse();
        assertThat(health.conditions()).containsEntry("engine", "device lost").containsEntry("kafka", "ok");
    }

    @Test
    void noteTellsPeopleAndLeavesReadinessAsItIs() {
        health.note("model", "release net:2 was not taken");
        assertThat(health.isReady()).isFalse();

        health.ready("engine");
        assertThat(health.isReady()).isTrue();
        assertThat(health.notes()).containsExactly(Map.entry("model", "release net:2 was not taken"));
        assertThat(health.conditions()).doesNotContainKey("model");

        health.forgetNote("model");
        assertThat(health.notes()).isEmpty();
    }

    @Test
    void silenceBeyondTheBoundIsNotAlive() {
        clock.now = clock.now.plusSeconds(10);
        assertThat(health.isLive()).isTrue();

        clock.now = clock.now.plusMillis(1);
        assertThat(health.isLive()).isFalse();

        health.signOfLife();
        assertThat(health.isLive()).isTrue();
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
