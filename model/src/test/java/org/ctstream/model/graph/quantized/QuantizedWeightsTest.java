package org.ctstream.model.graph.quantized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.IntBuffer;
import java.util.List;
import org.ctstream.model.weights.Tensor;
import org.junit.jupiter.api.Test;

class QuantizedWeightsTest {
    private static final List<Long> TWO_FILTERS_OF_THREE = List.of(2L, 3L, 1L, 1L);

    @Test
    void everyFilterUsesAllItsIntegers() {
        Tensor weights = Tensor.ofFloats(TWO_FILTERS_OF_THREE, new float[] {1, -0.5f, 0, 0.001f, 0.002f, -0.002f});

        QuantizedWeights integers = QuantizedWeights.of(weights, new float[] {0.5f, 0}, 0.1f, 63);

        assertThat(bytes(integers.weights())).containsExactly(63, -31, 0, 32, 63, -63);
        assertThat(integers.scales().toFloats()).containsExactly(new float[] {1 / 63f, 0.002f / 63}, within(1e-9f));
        assertThat(bias(integers)[0] * integers.biasScales().toFloats()[0]).isEqualTo(0.5f, within(1e-3f));
    }

    @Test
    void biasOfANearlyDeadFilterStaysWithin32Bits() {
        Tensor weights = Tensor.ofFloats(TWO_FILTERS_OF_THREE, new float[] {1e-20f, 0, 0, 0, 0, 0});

        QuantizedWeights integers = QuantizedWeights.of(weights, new float[] {3, -2}, 0.1f, 63);

        float[] scales = integers.biasScales().toFloats();
        assertThat(bias(integers)[0] * scales[0]).isEqualTo(3, within(1e-5f));
        assertThat(bias(integers)[1] * scales[1]).isEqualTo(-2, within(1e-5f));
    }

    @Test
    void filterOfZerosHasAScale() {
        Tensor weights = Tensor.ofFloats(TWO_FILTERS_OF_THREE, new float[6]);

        QuantizedWeights integers = QuantizedWeights.of(weights, new float[2], 0.1f, 63);

        assertThat(bytes(integers.weights())).containsOnly(0);
        assertThat(integers.scales().toFloats()).containsOnly(10);
    }

    private static int[] bytes(Tensor tensor) {
        int[] values = new int[tensor.data().remaining()];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.data().get(i);
        }
        return values;
    }

    private static int[] bias(QuantizedWeights integers) {
        IntBuffer buffer = integers.bias().data().asIntBuffer();
        int[] values = new int[buffer.remaining()];
        buffer.get(values);
        return values;
    }
}
