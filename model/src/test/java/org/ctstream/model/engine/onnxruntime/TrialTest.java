package org.ctstream.model.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TrialTest {
    private static final Arrangement TOGETHER = new Arrangement(1, 2, 1);
    private static final Arrangement ALONE = new Arrangement(2, 1, 1);
    private static final List<Arrangement> BOTH = List.of(TOGETHER, ALONE);

    private long now;
    private int computed;

    @Test
    void fastestPerSliceIsChosen() {
        Trial trial = new Trial(() -> now, 1_000_000_000);

        Arrangement fastest = trial.fastest(BOTH, taking(Map.of(TOGETHER, 26_000_000L, ALONE, 44_000_000L)));

        assertThat(fastest).isEqualTo(ALONE);
        assertThat(trial.report()).isEqualTo("1x2x1 26.00 ms, 2x1x1 22.00 ms");
        assertThat(trial.anyFailed()).isFalse();
    }

    @Test
    void plainerArrangementIsKeptUnlessTheOtherIsClearlyFaster() {
        Trial trial = new Trial(() -> now, 1_000_000_000);

        assertThat(trial.fastest(BOTH, taking(Map.of(TOGETHER, 26_000_000L, ALONE, 51_500_000L))))
                .isEqualTo(TOGETHER);
    }

    @Test
    void bestOfItsTimesCounts() {
        Trial trial = new Trial(() -> now, 1_000_000_000);

        Arrangement fastest = trial.fastest(BOTH, arrangement -> {
            boolean disturbed = computed++ != 3;
            now += disturbed ? 90_000_000 : 10_000_000;
            return arrangement.runs();
        });

        assertThat(fastest).isEqualTo(ALONE);
    }

    @Test
    void slowNetworkIsTriedTwiceAndNoMore() {
        Trial trial = new Trial(() -> now, 1_000_000_000);

        trial.fastest(BOTH, taking(Map.of(TOGETHER, 800_000_000L, ALONE, 900_000_000L)));

        assertThat(computed).isEqualTo(4);
    }

    @Test
    void arrangementThatFailsIsOut() {
        Trial trial = new Trial(() -> now, 1_000_000_000);

        Arrangement fastest = trial.fastest(BOTH, arrangement -> {
            if (arrangement.equals(ALONE)) {
                throw new IllegalStateException("no memory for two");
            }
            now += 1_000_000;
            return 1;
        });

        assertThat(fastest).isEqualTo(TOGETHER);
        assertThat(trial.report()).isEqualTo("2x1x1 failed, 1x2x1 1.00 ms");
        assertThat(trial.anyFailed()).isTrue();
    }

    @Test
    void failureOfAllIsThrown() {
        Trial trial = new Trial(() -> now, 1_000_000_000);

        assertThatThrownBy(() -> trial.fastest(BOTH, arrangement -> {
                    throw new IllegalStateException("no memory");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no memory");
    }

    private Trial.Batch taking(Map<Arrangement, Long> nanos) {
        return arrangement -> {
            computed++;
            now += Objects.requireNonNull(nanos.get(arrangement));
            return arrangement.runs();
        };
    }
}
