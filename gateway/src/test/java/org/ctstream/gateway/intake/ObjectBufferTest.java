package org.ctstream.gateway.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ObjectBufferTest {
    @Property(tries = 100)
    void bytesComeOutAsTheyWentIn(@ForAll @IntRange(max = 3_000_000) int length, @ForAll int seed) {
        var random = new Random(seed);
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        var budget = new MemoryBudget(16 << 20);

        try (var buffer = new ObjectBuffer(budget, 4 << 20)) {
            int at = 0;
            while (at < length) {
                int some = Math.min(length - at, 1 + random.nextInt(200_000));
                buffer.append(bytes, at, some);
                at += some;
            }
            assertThat(buffer.whole()).isEqualTo(bytes);
            assertThat(budget.taken()).isGreaterThanOrEqualTo(length);
        }
        assertThat(budget.taken()).isZero();
    }

    @Test
    void objectOverItsLimitIsLetGoAtOnceAndCountedToItsEnd() {
        var budget = new MemoryBudget(1 << 20);
        var buffer = new ObjectBuffer(budget, 100);

        buffer.append(new byte[100], 0, 100);
        assertThat(buffer.refused()).isEmpty();
        buffer.append(new byte[1], 0, 1);
        buffer.append(new byte[1_000], 0, 1_000);

        assertThat(buffer.refused())
                .hasValueSatisfying(refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE));
        assertThat(budget.taken()).isZero();
        assertThat(buffer.length()).isEqualTo(1_101);
    }

    @Test
    void objectsShareTheMemoryOfAll() {
        var budget = new MemoryBudget(1_500);
        var first = new ObjectBuffer(budget, 1 << 20);
        var second = new ObjectBuffer(budget, 1 << 20);

        first.append(new byte[1], 0, 1);
        second.append(new byte[1], 0, 1);
        assertThat(first.refused()).isEmpty();
        assertThat(second.refused())
                .hasValueSatisfying(refused -> assertThat(refused.reason()).isEqualTo(Reason.NO_MEMORY));
        first.close();

        var third = new ObjectBuffer(budget, 1 << 20);
        third.append(new byte[1], 0, 1);
        assertThat(third.refused()).isEmpty();
    }
}
