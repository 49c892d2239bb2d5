package org.ctstream.model.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrangementTest {
    @ParameterizedTest(name = "{0} runs of {1} slices, batch of {2}: {3} parts")
    @CsvSource({"1, 1, 1, 1", "1, 32, 32, 1", "1, 4, 32, 8", "2, 4, 6, 2", "2, 4, 10, 4", "2, 1, 3, 3", "2, 32, 32, 2"})
    void batchIsDividedSoThatAllRunsHaveTheirShare(int runs, int slicesPerRun, int slices, int parts) {
        assertThat(new Arrangement(runs, 1, slicesPerRun).parts(slices)).isEqualTo(parts);
    }

    @Property
    void partsCoverTheBatchAndNoneIsLargerThanARun(
            @ForAll @IntRange(min = 1, max = 16) int runs,
            @ForAll @IntRange(min = 1, max = 64) int slicesPerRun,
            @ForAll @IntRange(min = 1, max = 1024) int slices) {
        int parts = new Arrangement(runs, 1, slicesPerRun).parts(slices);

        assertThat(Arrangement.firstSlice(0, parts, slices)).isZero();
        assertThat(Arrangement.firstSlice(parts, parts, slices)).isEqualTo(slices);
        for (int part = 0; part < parts; part++) {
            int size = Arrangement.firstSlice(part + 1, parts, slices) - Arrangement.firstSlice(part, parts, slices);
            assertThat(size).isBetween(1, slicesPerRun);
        }
    }

    @Test
    void arrangementOfNothingIsRefused() {
        assertThatThrownBy(() -> new Arrangement(1, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 1, 0 and 1");
    }
}
