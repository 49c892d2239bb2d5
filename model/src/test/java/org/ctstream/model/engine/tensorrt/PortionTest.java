package org.ctstream.model.engine.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortionTest {
    @Test
    void batchOfMoreThanOneRunIsDividedInOrderAndTheLastPartIsShort() {
        assertThat(Portion.of(8, 3)).containsExactly(new Portion(0, 3), new Portion(3, 6), new Portion(6, 8));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 32", "31, 32", "32, 32"})
    void batchThatFitsOneRunIsNotDivided(int slices, int perRun) {
        assertThat(Portion.of(slices, perRun)).containsExactly(new Portion(0, slices));
    }

    @Property
    void everySliceIsInExactlyOnePortionAndAllButTheLastAreFull(
            @ForAll @IntRange(min = 1, max = 200) int slices, @ForAll @IntRange(min = 1, max = 64) int perRun) {
        List<Portion> portions = Portion.of(slices, perRun);

        int next = 0;
        for (Portion portion : portions) {
            assertThat(portion.from()).isEqualTo(next);
            assertThat(portion.size()).isBetween(1, perRun);
            next = portion.to();
        }
        assertThat(next).isEqualTo(slices);
        assertThat(portions.subList(0, portions.size() - 1)).allMatch(portion -> portion.size() == perRun);
    }

    @Test
    void nothingCannotBeDivided() {
        assertThatThrownBy(() -> Portion.of(0, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Portion.of(4, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 slices into runs of 0");
    }
}
