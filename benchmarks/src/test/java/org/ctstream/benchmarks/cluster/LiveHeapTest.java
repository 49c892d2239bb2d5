package org.ctstream.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.ctstream.cli.CliException;
import org.junit.jupiter.api.Test;

class LiveHeapTest {
    @Test
    void whatIsHeldIsCountedAndWhatIsLetGoIsNot() {
        long self = ProcessHandle.current().pid();
        double before = LiveHeap.mebibytes(self);
        List<byte[]> held =
                IntStream.range(0, 32).mapToObj(i -> new byte[1 << 20]).toList();
        assertThat(LiveHeap.mebibytes(self) - before).isBetween(31.0, 64.0);
        assertThat(held).hasSize(32);
        held = List.of();
        assertThat(LiveHeap.mebibytes(self) - before).isLessThan(16);
        assertThat(held).isEmpty();
    }

    @Test
    void anAnswerWithoutSumsIsAnErrorThatQuotesIt() {
        assertThatThrownBy(() -> LiveHeap.total("4711: No such process"))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("No such process");
    }
}
