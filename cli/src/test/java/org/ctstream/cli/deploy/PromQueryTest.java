package org.ctstream.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromQueryTest {
    @Test
    void tellsMetricsFromLabelsFunctionsAndNumbers() {
        PromQuery query = PromQuery.of("sum by (lane) (rate(a_total{stage=\"x\",job=~'y|z'}[$__rate_interval]))"
                + " / on (lane) group_left clamp_min(b{q=\"0.5\"}, 1e3) > 0.5 unless a_total offset 15m");

        assertThat(query.metrics()).containsExactlyInAnyOrder("a_total", "b");
        assertThat(query.labels()).containsExactlyInAnyOrder("lane", "stage", "job", "q");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(a",
                "sum(a))",
                "a{b=\"c\"",
                "a{b=\"c\")",
                "a[5 minutes]",
                "a[5m",
                "average(a)",
                "a{b=\"c}",
                "a $x",
                "  "
            })
    void refusesWhatIsNone(String expression) {
        assertThatThrownBy(() -> PromQuery.of(expression)).isInstanceOf(IllegalArgumentException.class);
    }
}
