package org.ctstream.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightsTest {
    @Test
    void halvingTakesMatricesAndLeavesVectorsCountsAndWhatDoesNotFit() {
        Weights weights = new Weights(
                Map.of("k", "v"),
                Map.of(
                        "kernel", Tensor.ofFloats(List.of(1L, 2L), new float[] {1.5f, 1.0001f}),
                        "large", Tensor.ofFloats(List.of(1L, 1L), new float[] {1e6f}),
                        "running_var", Tensor.ofFloats(List.of(2L), new float[] {1e-9f, 1e9f}),
                        "steps", new Tensor(ElementType.I64, List.of(), ByteBuffer.allocate(8))));

        Weights halved = weights.toF16();

        assertThat(halved.metadata()).isEqualTo(weights.metadata());
        assertThat(halved.tensor("kernel").type()).isEqualTo(ElementType.F16);
        assertThat(halved.tensor("kernel").shape()).containsExactly(1L, 2L);
        assertThat(halved.tensor("kernel").toFloats()).containsExactly(1.5f, 1f);
        assertThat(List.of("large", "running_var", "steps"))
                .allSatisfy(name -> assertThat(halved.tensor(name)).isEqualTo(weights.tensor(name)));
    }

    @Test
    void wholeNumbersAreNoFloats() {
        Tensor steps = new Tensor(ElementType.I64, List.of(), ByteBuffer.allocate(8));

        assertThatThrownBy(steps::toFloats)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("I64");
    }
}
