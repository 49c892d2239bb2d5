package org.ctstream.cli.connect;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.ctstream.cli.CliException;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private final AtomicLong time = new AtomicLong();
    private final Patience patience = new Patience("dead letters", Duration.ofSeconds(60), time::get);

    @Test
    void readingThatGetsFurtherMayTakeAnyTime() {
        for (long left = 10; left > 0; left--) {
            time.addAndGet(Duration.ofMinutes(5).toNanos());
            long offsets = left;
            assertThatCode(() -> patience.look(offsets)).doesNotThrowAnyException();
        }
    }

    @Test
    void readingThatStandsStillEndsWithTheReason() {
        patience.look(10);
        time.addAndGet(Duration.ofSeconds(60).toNanos());
        patience.look(10);
        time.addAndGet(1);

        assertThatThrownBy(() -> patience.look(10))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("nothing of dead letters for 60 s")
                .hasMessageContaining("10 records");
    }
}
