package org.ctstream.sink.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StoredEmbeddingTest {
    @Test
    void similarityIsTheCosineOfSignedValues() {
        assertThat(embedding(3, 4).similarity(embedding(6, 8))).isEqualTo(1);
        assertThat(embedding(3, 4).similarity(embedding(-3, -4))).isEqualTo(-1);
        assertThat(embedding(1, 0).similarity(embedding(100, 100))).isCloseTo(Math.sqrt(0.5), within(1e-12));
    }

    @Test
    void longestEmbeddingOfTheLargestValuesIsStillCountedRight() {
        byte[] largest = new byte[Classified.LONGEST_EMBEDDING];
        Arrays.fill(largest, Byte.MIN_VALUE);

        assertThat(new StoredEmbedding(largest).similarity(new StoredEmbedding(largest)))
                .isEqualTo(1);
    }

    @Test
    void whatCannotBeComparedHasNothingInCommon() {
        assertThat(embedding(1, 2).similarity(embedding(1, 2, 3))).isZero();
        assertThat(embedding(1, 2).similarity(embedding(0, 0))).isZero();
    }

    private static StoredEmbedding embedding(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return new StoredEmbedding(bytes);
    }
}
