package org.ctstream.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InterleavedTest {
    private final List<String> run = new ArrayList<>();

    @Test
    void trialsTakeTurnsForwardsAndBackwards() throws Exception {
        Interleaved.run(3, trials(), told -> {});

        assertThat(run).containsExactly("one", "two", "two", "one", "one", "two");
    }

    @Test
    void figuresBelongToTheirTrialInTheOrderOfTheRepetitions() throws Exception {
        Samples samples = Interleaved.run(2, trials(), told -> {});

        assertThat(samples.names()).containsExactly("one", "two");
        assertThat(samples.of("one").values()).containsExactly(1.0, 4.0);
        assertThat(samples.of("two").values()).containsExactly(2.0, 3.0);
    }

    @Test
    void noRepetitionIsRefused() {
        assertThatThrownBy(() -> Interleaved.run(0, trials(), told -> {})).hasMessageContaining("1 or more");
    }

    private Map<String, Trial> trials() {
        Map<String, Trial> trials = new LinkedHashMap<>();
        for (String name : List.of("one", "two")) {
            trials.put(name, () -> {
                run.add(name);
                return run.size();
            });
        }
        return trials;
    }
}
