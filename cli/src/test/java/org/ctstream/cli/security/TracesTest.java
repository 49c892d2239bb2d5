package org.ctstream.cli.security;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class TracesTest {
    private final Traces traces = new Traces(List.of("Quixworth"));

    @Test
    void wordIsFoundHoweverItIsWritten() {
        assertThat(traces.in("a Quixworth b")).isNotEmpty();
        assertThat(traces.in("a quixworth b")).isNotEmpty();
        assertThat(traces.in("QUIXWORTH")).isNotEmpty();
        assertThat(traces.in("xQuixworth".getBytes(UTF_16LE))).isNotEmpty();
        assertThat(traces.in(HexFormat.of().formatHex("Quixworth".getBytes(UTF_8))))
                .isNotEmpty();
        for (String before : List.of("", "x", "xy", "xyz")) {
            assertThat(traces.in(Base64.getEncoder().encodeToString((before + "Quixworth!").getBytes(UTF_8))))
                    .as(before)
                    .isNotEmpty();
        }
    }

    @Test
    void otherWordsAreNot() {
        assertThat(traces.in("Quixwort, Zebediah")).isEmpty();
    }
}
