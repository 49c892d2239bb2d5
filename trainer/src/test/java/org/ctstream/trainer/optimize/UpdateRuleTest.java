package org.ctstream.trainer.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.stream.Stream;
import org.ctstream.trainer.network.OneThread;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Three updates of one vector against torch.optim (2.x), whose results stand here. */
class UpdateRuleTest {
    private static final float[] BEGIN = {1, -2, 0.5f, 0};
    private static final float[][] GRADIENTS = {
        {0.5f, -0.25f, 0.1f, 2}, {-1, 0.75f, 0, 0.5f}, {0.2f, 0.2f, -0.4f, -1.5f}
    };

    static Stream<Arguments> rules() {
        return Stream.of(
                Arguments.of(new Sgd(0, 0), 0.1f, new float[][] {
                    {0.95f, -1.975f, 0.49f, -0.2f}, {1.05f, -2.05f, 0.49f, -0.25f}, {1.03f, -2.07f, 0.53f, -0.1f}
                }),
                Arguments.of(new Sgd(0.9f, 0.01f), 0.1f, new float[][] {
                    {0.949f, -1.973f, 0.4895f, -0.2f},
                    {1.002151f, -2.021727f, 0.4795605f, -0.4298f},
                    {1.0289848f, -2.0835598f, 0.5101354f, -0.4861902f}
                }),
                Arguments.of(new RmsProp(0, 0.01f), 0.1f, new float[][] {
                    {2.3841858e-07f, -1.0000004f, -0.4999991f, -0.99999994f},
                    {0.89175653f, -1.9399748f, -0.45219502f, -1.2390926f},
                    {0.7077129f, -2.1646414f, 0.5162693f, -0.64337796f}
                }),
                Arguments.of(new RmsProp(0.9f, 0), 0.01f, new float[][] {
                    {0.90000004f, -1.9000001f, 0.4000001f, -0.09999999f},
                    {0.8995323f, -1.9049159f, 0.31000018f, -0.21436848f},
                    {0.8813993f, -1.9339933f, 0.32607132f, -0.25809017f}
                }),
                Arguments.of(new AdamW(0.05f), 0.1f, new float[][] {
                    {0.89500004f, -1.89f, 0.3975f, -0.09999999f},
                    {0.9271354f, -1.929969f, 0.3285067f, -0.18255973f},
                    {0.93910146f, -1.9730275f, 0.37629136f, -0.19593811f}
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void movesAsTorchDoes(UpdateRule rule, float rate, float[][] expected) {
        try (NDManager manager = OneThread.manager()) {
            NDArray weight = manager.create(BEGIN);
            List<NDArray> slots = rule.slots().stream()
                    .map(slot -> manager.zeros(weight.getShape()))
                    .toList();
            for (int step = 0; step < GRADIENTS.length; step++) {
                rule.update(weight, manager.create(GRADIENTS[step]), slots, rate, step + 1);

                float[] moved = weight.toFloatArray();
                for (int i = 0; i < moved.length; i++) {
                    assertThat(moved[i])
                            .as("element %d after update %d", i, step + 1)
                            .isCloseTo(expected[step][i], within(2e-6f));
                }
            }
        }
    }
}
