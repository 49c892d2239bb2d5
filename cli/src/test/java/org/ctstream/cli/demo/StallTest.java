package org.ctstream.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.ctstream.cli.stack.Role;
import org.junit.jupiter.api.Test;

class StallTest {
    private final AtomicLong now = new AtomicLong();
    private final StallDetector detector = new StallDetector(Duration.ofNanos(10), now::get);

    @Test
    void runWithoutAnyStepForTheLimitIsStalled() {
        Progress same = new Progress(9, 3, 2, 1, 0, 0);
        assertThat(detector.isStalled(same)).isFalse();

        now.set(9);
        assertThat(detector.isStalled(same)).isFalse();

        now.set(10);
        assertThat(detector.isStalled(same)).isTrue();
    }

    @Test
    void everyStepBeginsTheTimeAnew() {
        assertThat(detector.isStalled(new Progress(9, 3, 2, 1, 0, 0))).isFalse();

        now.set(9);
        assertThat(detector.isStalled(new Progress(9, 3, 2, 1, 1, 0))).isFalse();

        now.set(18);
        assertThat(detector.isStalled(new Progress(9, 3, 2, 1, 1, 0))).isFalse();
    }

    @Test
    void firstServiceWithScansBeforeItIsTheOneWaitedFor() {
        assertThat(StallDiagnosis.waitingFor(new Progress(9, 9, 4, 4, 4, 2))).isEqualTo(Role.INGEST);
        assertThat(StallDiagnosis.waitingFor(new Progress(9, 9, 7, 4, 4, 2))).isEqualTo(Role.WORKER);
        assertThat(StallDiagnosis.waitingFor(new Progress(9, 9, 7, 7, 4, 2))).isEqualTo(Role.SINK);
    }
}
