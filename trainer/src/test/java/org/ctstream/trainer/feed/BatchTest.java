package org.ctstream.trainer.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.ctstream.trainer.dataset.LabeledImage;
import org.ctstream.trainer.dataset.Split;
import org.junit.jupiter.api.Test;

class BatchTest {
    @Test
    void targetsAreOneHotNegativeFirst() {
        assertThat(batch(Mix.NONE, false, true).targets(0)).containsExactly(1, 0, 0, 1);
        assertThat(batch(Mix.NONE, false, true).positives()).containsExactly(false, true);
    }

    @Test
    void smoothingSpreadsItsShareOverBothClasses() {
        assertThat(batch(Mix.NONE, false, true).targets(0.2))
                .containsExactly(new float[] {0.9f, 0.1f, 0.1f, 0.9f}, within(1e-6f));
    }

    @Test
    void mixedRowsHaveMixedTargetsAndTheMiddleRowItsOwn() {
        assertThat(batch(new Mix(0.7), true, true, false).targets(0))
                .containsExactly(new float[] {0.3f, 0.7f, 0, 1, 0.7f, 0.3f}, within(1e-6f));
    }

    @Test
    void rowsAreMixedWithTheOneAsFarFromTheEnd() {
        FloatBuffer values = FloatBuffer.wrap(new float[] {0, 10, 1, 1, 100, 20});

        new Mix(0.75).apply(values, 3);

        assertThat(values.array()).containsExactly(25, 12.5f, 1, 1, 75, 17.5f);
    }

    @Test
    void shareIsThatOfBetaTheLargerSideAndTheSameForASeed() {
        assertThat(Mix.draw(0, 1)).isEqualTo(Mix.NONE);
        assertThat(Mix.draw(0.4, 1)).isEqualTo(Mix.draw(0.4, 1)).isNotEqualTo(Mix.draw(0.4, 2));
        double even = 0;
        double square = 0;
        int draws = 20_000;
        for (int seed = 0; seed < draws; seed++) {
            double share = Mix.draw(1, seed).share();
            assertThat(share).isBetween(0.5, 1.0);
            even += share;
            double narrow = Mix.draw(0.4, seed).share();
            square += (narrow - 0.5) * (narrow - 0.5);
        }
        assertThat(even / draws).isCloseTo(0.75, within(0.005));
        // Variance of Beta(0.4, 0.4): 1 / (4 (2 * 0.4 + 1)).
        assertThat(square / draws).isCloseTo(1 / 7.2, within(0.003));
    }

    @Test
    void seedsTellPartsAndTheirOrderApart() {
        assertThat(List.of(
                        Seeds.of(1),
                        Seeds.of(2),
                        Seeds.of(1, 0),
                        Seeds.of(1, 0, 0),
                        Seeds.of(1, 1, 2),
                        Seeds.of(1, 2, 1)))
                .doesNotHaveDuplicates();
        assertThat(Seeds.of("order")).isEqualTo(Seeds.of("order")).isNotEqualTo(Seeds.of("strong"));
    }

    private static Batch batch(Mix mix, boolean... positives) {
        List<Sample> samples = new ArrayList<>();
        for (boolean positive : positives) {
            samples.add(
                    Sample.plain(new LabeledImage("%064x".formatted(samples.size()), positive, Split.TRAIN, "here")));
        }
        return new Batch(samples, ByteBuffer.allocateDirect(0), new Shape(positives.length, 0), mix);
    }
}
