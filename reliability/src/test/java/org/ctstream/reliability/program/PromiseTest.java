package org.ctstream.reliability.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PromiseTest {
    @Test
    void evidenceNamesSomeOfTheCulpritsAndCountsTheRest() {
        Promise promise = Promise.unbrokenBy("none is lost", List.of("g", "f", "e", "d", "c", "b", "a"));

        assertThat(promise.isKept()).isFalse();
        assertThat(promise.breaches()).isEqualTo(7);
        assertThat(promise.evidence()).isEqualTo("a, b, c, d, e and 2 more");
    }

    @Test
    void theTableSaysWhichPromiseIsBroken() {
        String table = Promise.table(List.of(
                        Promise.unbrokenBy("none is lost", List.of()), Promise.of("none ends", false, "one did")))
                .markdown();

        assertThat(table)
                .contains("| none is lost | 0 |  | kept |")
                .contains("| none ends | 1 | one did | **broken** |");
    }
}
