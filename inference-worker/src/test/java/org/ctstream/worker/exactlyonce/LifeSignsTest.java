package org.ctstream.worker.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.service.health.Health;
import org.junit.jupiter.api.Test;

class LifeSignsTest {
    private final MovedClock clock = new MovedClock();
    private final Health health = new Health(clock, Duration.ofSeconds(10));
    private final LifeSigns signs = new LifeSigns(health);

    @Test
    void laneThatHangsIsNotHiddenByTheOther() {
        signs.moved(Lane.ROUTINE);
        signs.moved(Lane.STAT);
        clock.pass(Duration.ofSeconds(11));
        signs.moved(Lane.STAT);
        signs.moved(Lane.STAT);
        assertThat(health.isLive()).isFalse();

        signs.moved(Lane.ROUTINE);

        assertThat(health.isLive()).isTrue();
    }

    @Test
    void laneThatHasEndedIsNotWaitedFor() {
        signs.moved(Lane.ROUTINE);
        signs.ended(Lane.STAT);
        clock.pass(Duration.ofSeconds(11));

        signs.moved(Lane.ROUTINE);

        assertThat(health.isLive()).isTrue();
    }

    private static final class MovedClock extends Clock {
        private Instant now = Instant.EPOCH;

        void pass(Duration time) {
            now = now.plus(time);
        }

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
