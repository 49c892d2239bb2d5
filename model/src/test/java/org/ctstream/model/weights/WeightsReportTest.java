package org.ctstream.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ctstream.model.weights.WeightsReport.Misshaped;
import org.junit.jupiter.api.Test;

class WeightsReportTest {
    private static final TreeMap<String, List<Long>> WANTED =
            new TreeMap<>(Map.of("a", List.of(2L), "b", List.of(1L, 2L), "c", List.of(1L)));

    @Test
    void tensorsAreSortedIntoMatchedMissingMisshapedAndLeftOut() {
        Weights found = new Weights(
                Map.of(),
                Map.of(
                        "a", Tensor.ofFloats(List.of(2L), new float[2]),
                        "b", Tensor.ofFloats(List.of(2L, 1L), new float[2]),
                        "num_batches_tracked", new Tensor(ElementType.I64, List.of(), ByteBuffer.allocate(8))));

        WeightsReport report = WeightsReport.compare(WANTED, found);

        assertThat(report)
                .isEqualTo(new WeightsReport(
                        List.of("a"),
                        List.of("c"),
                        List.of(new Misshaped("b", "F32 [1, 2]", "F32 [2, 1]")),
                        List.of("num_batches_tracked")));
        assertThat(report.isComplete()).isFalse();
        assertThatThrownBy(() -> report.requireComplete("tiny"))
                .isInstanceOfSatisfying(
                        WeightsException.Mismatch.class,
                        e -> assertThat(e.tensor()).isEqualTo("b"))
                .hasMessageContaining("tensor b expected F32 [1, 2], found F32 [2, 1]")
                .hasMessageContaining("1 tensors match, 1 are missing");
    }

    @Test
    void tensorOfWholeNumbersIsMisshapedAndOneOfAnyFloatsMatches() {
        TreeMap<String, List<Long>> wanted = new TreeMap<>(Map.of("half", List.of(2L), "whole", List.of(1L)));
        Weights found = new Weights(
                Map.of(),
                Map.of(
                        "half", new Tensor(ElementType.F16, List.of(2L), ByteBuffer.allocate(4)),
                        "whole", new Tensor(ElementType.I32, List.of(1L), ByteBuffer.allocate(4))));

        WeightsReport report = WeightsReport.compare(wanted, found);

        assertThat(report.matched()).containsExactly("half");
        assertThat(report.misshaped()).containsExactly(new Misshaped("whole", "F32 [1]", "I32 [1]"));
    }

    @Test
    void missingTensorIsNamed() {
        Weights found = new Weights(
                Map.of(),
                Map.of(
                        "a", Tensor.ofFloats(List.of(2L), new float[2]),
                        "b", Tensor.ofFloats(List.of(1L, 2L), new float[2])));

        assertThatThrownBy(() -> WeightsReport.compare(WANTED, found).requireComplete("tiny"))
                .isInstanceOf(WeightsException.Mismatch.class)
                .hasMessageContaining("weights do not fit tiny: tensor c expected, found none");
    }
}
