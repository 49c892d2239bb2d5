package org.ctstream.sink.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.ctstream.sink.drift.Comparison.State;
import org.junit.jupiter.api.Test;

/** Made embeddings: a direction and noise about it. */
class EmbeddingReferenceTest {
    private static final int LENGTH = 64;

    private final Random random = new Random(5);

    @Test
    void meanOfTwoDirectionsLiesBetweenThem() {
        // Of different lengths: only the direction counts.
        var reference = EmbeddingReference.of(List.of(new byte[] {100, 0}, new byte[] {0, 10}));

        assertThat(reference.mean()).containsExactly(127, 127);
    }

    @Test
    void partsOfTheReferenceAreOfTheSameNumber() {
        var reference = EmbeddingReference.of(made(400, 0));

        assertThat(reference.likeness().counts())
                .allSatisfy(count -> assertThat(count).isBetween(15L, 25L));
        assertThat(reference.edges())
                .isSorted()
                .allSatisfy(edge -> assertThat(edge).isBetween(-1.0, 1.0));
    }

    @Test
    void embeddingsOfTheSameKindAreSteadyAndOfAnotherAreNot() {
        var reference = EmbeddingReference.of(made(400, 0));

        long steady = IntStream.range(0, 100)
                .filter(i -> compared(reference, made(150, 0)).state() == State.STEADY)
                .count();

        assertThat(steady).isGreaterThan(85);
        assertThat(compared(reference, made(150, 30)).state()).isEqualTo(State.SHIFTED);
    }

    @Test
    void directionOfNothingIsRefused() {
        assertThatThrownBy(() -> new EmbeddingReference(
                        List.of(0, 0),
                        DoubleStream.iterate(0, x -> x + 0.05).limit(19).boxed().toList(),
                        Bins.ofProbabilities(new double[] {1})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not all 0");
    }

    private static Comparison compared(EmbeddingReference reference, List<byte[]> now) {
        return Comparison.of(reference.likeness(), reference.likenessOf(now));
    }

    /** @param turned how far the direction is turned, in the last half of the values */
    private List<byte[]> made(int count, int turned) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    byte[] embedding = new byte[LENGTH];
                    for (int at = 0; at < LENGTH; at++) {
                        int middle = at < LENGTH / 2 ? 60 : turned;
                        embedding[at] =
                                (byte) Math.max(-127, Math.min(127, Math.round(middle + 10 * random.nextGaussian())));
                    }
                    return embedding;
                })
                .toList();
    }
}
