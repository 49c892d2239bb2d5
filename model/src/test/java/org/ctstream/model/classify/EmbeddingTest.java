package org.ctstream.model.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EmbeddingTest {
    @Test
    void onlyTheDirectionIsKept() {
        float[] features = {9, 0, 0.5f, -1, 0.25f, 9};
        float[] longer = {0, 1e30f, -2e30f, 0.5e30f};

        Embedding embedding = embedding(features, 1, 4);

        assertThat(embedding)
                .isEqualTo(Embedding.ofFeatures(longer, 0, 4))
                .hasSameHashCodeAs(Embedding.ofBytes(new byte[] {0, 64, -127, 32}));
        assertThat(embedding.bytes()).containsExactly(0, 64, -127, 32);
        assertThat(embedding.size()).isEqualTo(4);
    }

    @Test
    void tinyFeaturesHaveADirectionToo() {
        assertThat(Embedding.ofFeatures(new float[] {Float.MIN_VALUE, 0}, 0, 2))
                .isEqualTo(Embedding.ofBytes(new byte[] {127, 0}));
    }

    @Test
    void featuresWithoutADirectionOrBeyondTheBoundGiveNone() {
        assertThat(Embedding.ofFeatures(new float[] {0, 0}, 0, 2)).isNull();
        assertThat(Embedding.ofFeatures(new float[] {1, Float.NaN}, 0, 2)).isNull();
        assertThat(Embedding.ofFeatures(new float[] {1, Float.NEGATIVE_INFINITY}, 0, 2))
                .isNull();
        float[] many = new float[Embedding.LONGEST + 1];
        Arrays.fill(many, 1);
        assertThat(Embedding.ofFeatures(many, 0, many.length)).isNull();
        assertThat(Embedding.ofFeatures(many, 1, Embedding.LONGEST)).isNotNull();
    }

    @Test
    void similarityIsTheCosineUpToRounding() {
        var random = new Random(5);
        float[] features = new float[3 * 1664];
        for (int i = 0; i < features.length; i++) {
            // As behind a ReLU and an average: none negative, few large.
            features[i] = (float) Math.pow(random.nextDouble(), 4);
        }
        Embedding one = embedding(features, 0, 1664);
        Embedding other = embedding(features, 1664, 1664);

        assertThat(one.similarity(other)).isCloseTo(cosine(features, 0, 1664), within(1e-3));
        assertThat(one.similarity(one)).isCloseTo(1, within(1e-12));
        assertThat(Embedding.ofBytes(new byte[] {1, 0}).similarity(Embedding.ofBytes(new byte[] {-7, 0})))
                .isEqualTo(-1);
        assertThat(Embedding.ofBytes(new byte[] {1, 0}).similarity(Embedding.ofBytes(new byte[] {0, 9})))
                .isZero();
    }

    @Test
    void whatIsNoEmbeddingIsRefused() {
        Embedding two = Embedding.ofBytes(new byte[] {1, 2});

        assertThatThrownBy(() -> Embedding.ofBytes(new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Embedding.ofBytes(new byte[2])).hasMessageContaining("no direction");
        assertThatThrownBy(() -> Embedding.ofBytes(new byte[4097]))
                .hasMessageContaining("1 to 4096 values, found 4097");
        assertThatThrownBy(() -> two.similarity(Embedding.ofBytes(new byte[] {1, 2, 3})))
                .hasMessageContaining("2 and 3 values");
    }

    @Test
    void bytesAreItsOwn() {
        byte[] given = {1, 2};
        Embedding embedding = Embedding.ofBytes(given);
        given[0] = 9;
        embedding.bytes()[1] = 9;

        assertThat(embedding.bytes()).containsExactly(1, 2);
    }

    private static Embedding embedding(float[] features, int offset, int count) {
        return Objects.requireNonNull(Embedding.ofFeatures(features, offset, count));
    }

    private static double cosine(float[] features, int one, int other) {
        double product = 0;
        double oneSquare = 0;
        double otherSquare = 0;
        for (int i = 0; i < 1664; i++) {
            product += (double) features[one + i] * features[other + i];
            oneSquare += (double) features[one + i] * features[one + i];
            otherSquare += (double) features[other + i] * features[other + i];
        }
        return product / Math.sqrt(oneSquare * otherSquare);
    }
}
