package org.ctstream.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RestartBudgetTest {
    private final AtomicLong time = new AtomicLong();
    private final RestartBudget budget = new RestartBudget(time::get);

    @Test
    void serviceThatEndsAgainAndAgainIsGivenUp() {
        for (int i = 1; i <= RestartBudget.MOST; i++) {
            assertThat(budget.spend()).isTrue();
            assertThat(budget.spent()).isEqualTo(i);
            time.addAndGet(Duration.ofMinutes(2).toNanos());
        }

        assertThat(budget.spend()).isFalse();
    }

    @Test
    void serviceThatIsKilledOnceAMonthIsStartedForEver() {
        for (int i = 0; i < 100; i++) {
            assertThat(budget.spend()).isTrue();
            time.addAndGet(Duration.ofDays(30).toNanos());
        }
        assertThat(budget.spent()).isEqualTo(1);
    }
}
