package org.ctstream.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.ctstream.cli.ExitCodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReliabilityTest {
    private final StringWriter out = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"storm", "scale", "outages", "poison", "slow", "soak"})
    void everyProgramHasHelp(String program) {
        assertThat(run(program, "--help")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).contains("--mode", "--results", "--folder", "--seed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "storm --mode twice",
                "storm --count 0",
                "storm --strike-every-ms 1",
                "scale --seconds 0",
                "outages --only moon",
                "outages --away-seconds 101",
                "poison --size 1",
                "slow --engine-seconds 0",
                "soak --minutes 0.1"
            })
    void optionsThatMakeNoSenseAreRefusedBeforeAnythingStarts(String line) {
        assertThat(run(line.split(" "))).isEqualTo(ExitCodes.USAGE);
        assertThat(out.toString()).contains("expected").doesNotContain("Starting");
    }

    @Test
    void withoutAProgramTheListIsShown() {
        assertThat(run()).isEqualTo(ExitCodes.USAGE);
        assertThat(out.toString()).contains("storm", "scale", "outages", "poison", "slow", "soak");
    }

    private int run(String... arguments) {
        var writer = new PrintWriter(out, true);
        return Reliability.commandLine().setOut(writer).setErr(writer).execute(arguments);
    }
}
