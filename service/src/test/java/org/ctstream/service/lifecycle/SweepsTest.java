package org.ctstream.service.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SweepsTest {

    @Test
    void firstSweepComesAtOnceAndOneThatFailsEndsNothing() {
        var sweeps = new AtomicInteger();

        try (var unused = Sweeps.start("test", Duration.ofMillis(1), closing -> {
            sweeps.incrementAndGet();
            throw new IllegalStateException("as now and then");
        })) {
            await().until(() -> sweeps.get() > 2);
        }
        int atItsEnd = sweeps.get();

        try (var unused = Sweeps.start("test", Duration.ofDays(1), closing -> sweeps.incrementAndGet())) {
            await().until(() -> sweeps.get() == atItsEnd + 1);
        }
    }

    @Test
    void sweepThatIsOnIsToldToBreakOffAndWaitedFor() {
        var begun = new CountDownLatch(1);
        var ended = new AtomicBoolean();
        Sweeps sweeps = Sweeps.start("test", Duration.ofDays(1), closing -> {
            begun.countDown();
            await().until(closing::getAsBoolean);
            ended.set(true);
        });
        await().until(() -> begun.getCount() == 0);

        sweeps.close();

        assertThat(ended).isTrue();
    }
}
