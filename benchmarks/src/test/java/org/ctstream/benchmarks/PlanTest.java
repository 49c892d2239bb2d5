package org.ctstream.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
    /** Programs whose estimate asks no engine whether it is there. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void optionsOfEveryProgramAreUnderstoodAndTimeIsExpected(boolean quick) {
        Plan plan = Plan.of(quick, List.of());
        assertThat(plan.arguments().keySet()).containsExactlyElementsOf(Plan.programs());

        for (String program : List.of("pipeline", "latency", "ceiling", "ingest", "micro", "swaps", "soak")) {
            assertThat(plan.expected(program)).as(program).isBetween(Duration.ofSeconds(10), Duration.ofMinutes(12));
        }
    }

    @Test
    void onlyTheChosenProgramsRunInTheirOrder() {
        assertThat(Plan.of(true, List.of("soak", "engines")).arguments().keySet())
                .containsExactly("engines", "soak");
    }

    @Test
    void optionGoesToTheProgramsNamedAndNoneIsAddedWithoutAValue() {
        Plan plan = Plan.of(true, List.of("micro", "ingest"));

        assertThat(plan.with(List.of("ingest"), "--images", Path.of("/scans"))
                        .arguments()
                        .get("ingest"))
                .endsWith("--images", "/scans");
        assertThat(plan.with(List.of("ingest"), "--images", Path.of("/scans"))
                        .arguments()
                        .get("micro"))
                .doesNotContain("--images");
        assertThat(plan.with(List.of("ingest"), "--images", null)).isEqualTo(plan);
    }
}
