package org.ctstream.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.ctstream.trainer.network.Gradients;
import org.ctstream.trainer.network.OneThread;
import org.junit.jupiter.api.Test;

class TripletLossTest {
    private static final float[][] EMBEDDINGS = {
        {0.6f, 0.8f, 0}, {0.8f, 0.6f, 0}, {0, 1, 0}, {0, 0.6f, 0.8f}, {1, 0, 0}, {0.36f, 0.48f, 0.8f}
    };

    /** Their hinges are 0.08 - 0.8 + 0.5 < 0, 0.8 - 1.28 + 0.5 = 0.02 and 0.8 - 0.4 + 0.5 = 0.9. */
    private static final Triplets TRIPLETS =
            new Triplets(new int[] {0, 1, 0}, new int[] {1, 2, 4}, new int[] {5, 3, 2});

    /** What torch's autograd makes of the same triplets. */
    private static final float[] GRADIENT = {
        -0.6666667f,
        0.6666667f,
        0, //
        0,
        -0.26666665f,
        0.53333336f, //
        -0.13333333f,
        0.13333333f,
        0, //
        0.53333336f,
        0,
        -0.53333336f, //
        0.26666665f,
        -0.53333336f,
        0, //
        0,
        0,
        0
    };

    private final TripletLoss loss = new TripletLoss(0.5f);

    @Test
    void valueIsTheMeanOfTheHinges() {
        assertThat(value(EMBEDDINGS)).isCloseTo((0 + 0.02f + 0.9f) / 3, within(1e-6f));
    }

    @Test
    void gradientIsTorchs() {
        assertThat(gradient()).containsExactly(GRADIENT, within(1e-6f));
    }

    @Test
    void gradientIsTheSlopeOfTheValue() {
        float[] gradient = gradient();
        float step = 1e-2f;
        for (int row = 0; row < EMBEDDINGS.length; row++) {
            for (int column = 0; column < 3; column++) {
                // The loss is quadratic between its kinks: the symmetric quotient is exact but for rounding.
                float slope = (value(moved(row, column, step)) - value(moved(row, column, -step))) / (2 * step);
                assertThat(slope)
                        .as("row %d, column %d", row, column)
                        .isCloseTo(gradient[3 * row + column], within(1e-4f));
            }
        }
    }

    @Test
    void farNegativesCostNothingAndPullNothing() {
        try (NDManager manager = OneThread.manager()) {
            NDArray embeddings = manager.create(new float[][] {{1, 0}, {1, 0}, {-1, 0}});
            embeddings.setRequiresGradient(true);
            try (Gradients gradients = Gradients.on()) {
                NDArray value = loss.of(embeddings, Triplets.thirds(1));
                gradients.addOf(value);
                assertThat(value.getFloat()).isZero();
            }
            assertThat(embeddings.getGradient().toFloatArray()).containsOnly(0);
        }
    }

    @Test
    void marginMustBePositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TripletLoss(0))
                .withMessageContaining("0.0");
    }

    private float value(float[][] embeddings) {
        try (NDManager manager = OneThread.manager()) {
            return loss.of(manager.create(embeddings), TRIPLETS).getFloat();
        }
    }

    private float[] gradient() {
        try (NDManager manager = OneThread.manager()) {
            NDArray embeddings = manager.create(EMBEDDINGS);
            embeddings.setRequiresGradient(true);
            try (Gradients gradients = Gradients.on()) {
                gradients.addOf(loss.of(embeddings, TRIPLETS));
            }
            return embeddings.getGradient().toFloatArray();
        }
    }

    private static float[][] moved(int row, int column, float by) {
        float[][] moved = new float[EMBEDDINGS.length][];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = EMBEDDINGS[i].clone();
        }
        moved[row][column] += by;
        return moved;
    }
}
