package org.ctstream.model.graph.quantized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ctstream.model.TestReleases;
import org.ctstream.model.weights.SafeTensors;
import org.ctstream.model.weights.Tensor;
import org.ctstream.model.weights.Weights;
import org.ctstream.model.weights.WeightsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RangesTest {
    private static final Ranges RANGES =
            new Ranges(new TreeMap<>(Map.of("conv0", new ChannelRange(new float[] {-1, 0}, new float[] {2, 3}))));

    @Test
    void rangesTravelInTheWeightsFileAndChangeItsDigest(@TempDir Path folder) throws Exception {
        Weights weights = TestReleases.weights();

        Weights quantized = RANGES.addedTo(weights, Map.of("quantization", "int8"));
        SafeTensors.write(quantized, folder.resolve("weights"));

        assertThat(Ranges.of(SafeTensors.read(folder.resolve("weights")))).contains(RANGES);
        assertThat(Ranges.areIn(quantized)).isTrue();
        assertThat(quantized.sha256()).isNotEqualTo(weights.sha256());
        assertThat(Ranges.of(weights)).isEmpty();
        assertThat(Ranges.areIn(weights)).isFalse();
    }

    @Test
    void rangeThatIsNoneIsRefusedNamingTheTensor() {
        assertRefused(Tensor.ofFloats(List.of(2L), new float[] {0, 1}), "[2, channels]");
        assertRefused(Tensor.ofFloats(List.of(2L, 1L), new float[] {1, 0}), "ranges from 1.0 to 0.0");
        assertRefused(Tensor.ofFloats(List.of(2L, 1L), new float[] {0, Float.NaN}), "finite");
    }

    private static void assertRefused(Tensor tensor, String reason) {
        assertThatThrownBy(() -> Ranges.of(new Weights(Map.of(), Map.of("quantization.conv0", tensor))))
                .isInstanceOf(WeightsException.Mismatch.class)
                .hasMessageContaining("quantization.conv0")
                .hasMessageContaining(reason);
    }
}
