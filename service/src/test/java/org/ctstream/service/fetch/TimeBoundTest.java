package org.ctstream.service.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TimeBoundTest {
    private final CountDownLatch storeIsBack = new CountDownLatch(1);
    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void readsThatHangAreNotJoinedByMoreThanTheBoundAndEndWhenTheStoreIsBack() throws Exception {
        try (var bound = new TimeBound(Duration.ofMillis(20), 2)) {
            for (int i = 0; i < 2; i++) {
                assertThatIOException()
                        .isThrownBy(() -> bound.call(this::hang))
                        .withMessageContaining("not read within");
            }

            for (int i = 0; i < 5; i++) {
                assertThatIOException().isThrownBy(() -> bound.call(this::hang)).withMessageContaining("hang");
            }
            assertThat(reads).hasValue(2);

            storeIsBack.countDown();
            await().ignoreExceptions().until(() -> bound.call(() -> "read").equals("read"));
        }
    }

    /** As a read of a dead share does: an interrupt does not end it. */
    private String hang() {
        reads.incrementAndGet();
        boolean interrupted = false;
        while (true) {
            try {
                storeIsBack.await();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                return "late";
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }
}
