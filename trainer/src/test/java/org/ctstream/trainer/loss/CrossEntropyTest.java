package org.ctstream.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.ctstream.trainer.network.Gradients;
import org.ctstream.trainer.network.OneThread;
import org.junit.jupiter.api.Test;

/** Values and gradients are torch's cross_entropy, with label_smoothing 0.2 for the smoothed targets. */
class CrossEntropyTest {
    private static final float[][] LOGITS = {{1, -0.5f}, {0.3f, 2}, {-1.5f, 0.25f}};

    @Test
    void oneHotTargetsGiveTorchsValueAndGradient() {
        assertLoss(new float[][] {{1, 0}, {0, 1}, {1, 0}}, 0.7598078f, new float[] {
            -0.06080852f, 0.060808502f, 0.05148842f, -0.0514884f, -0.28398427f, 0.28398427f
        });
    }

    @Test
    void smoothedTargetsGiveTorchsValueAndGradient() {
        assertLoss(new float[][] {{0.9f, 0.1f}, {0.1f, 0.9f}, {0.9f, 0.1f}}, 0.8081412f, new float[] {
            -0.02747519f, 0.027475167f, 0.018155085f, -0.01815507f, -0.25065094f, 0.25065094f
        });
    }

    @Test
    void certainAndRightCostsNothingAndCertainAndWrongTheDistance() {
        try (NDManager manager = OneThread.manager()) {
            NDArray logits = manager.create(new float[][] {{200, -200}});

            assertThat(CrossEntropy.of(logits, manager.create(new float[][] {{1, 0}}))
                            .getFloat())
                    .isZero();
            assertThat(CrossEntropy.of(logits, manager.create(new float[][] {{0, 1}}))
                            .getFloat())
                    .isEqualTo(400);
        }
    }

    private static void assertLoss(float[][] targets, float value, float[] gradient) {
        try (NDManager manager = OneThread.manager()) {
            NDArray logits = manager.create(LOGITS);
            logits.setRequiresGradient(true);
            try (Gradients gradients = Gradients.on()) {
                NDArray loss = CrossEntropy.of(logits, manager.create(targets));
                gradients.addOf(loss);
                assertThat(loss.getFloat()).isCloseTo(value, within(1e-6f));
            }
            assertThat(logits.getGradient().toFloatArray()).containsExactly(gradient, within(1e-6f));
        }
    }
}
