package org.ctstream.ingest.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LullsTest {
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private long now;

    private final Lulls lulls = new Lulls(INTERVAL, () -> now);

    @Test
    void firstScanAndOneAfterALullAreToldFromACrowd() {
        assertThat(lulls.isOne()).isTrue();
        lulls.done();

        now += INTERVAL.toNanos() - 1;
        assertThat(lulls.isOne()).isFalse();
        lulls.done();
        now += INTERVAL.toNanos() - 1;
        assertThat(lulls.isOne()).isFalse();

        lulls.done();
        now += INTERVAL.toNanos();
        assertThat(lulls.isOne()).isTrue();
    }

    @Test
    void scanThatTakesLongEndsNoLull() {
        assertThat(lulls.isOne()).isTrue();
        now += INTERVAL.toNanos() * 10;
        lulls.done();

        assertThat(lulls.isOne()).isFalse();
    }
}
