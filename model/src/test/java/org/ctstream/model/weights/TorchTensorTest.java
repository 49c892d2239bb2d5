package org.ctstream.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.ctstream.model.weights.pickle.PickleException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchTensorTest {
    private static final TorchStorage FOUR = new TorchStorage("0", ElementType.F32, 4, 0, 4);

    @ParameterizedTest
    @ValueSource(longs = {5, 1L << 40, Long.MAX_VALUE - 2})
    void tensorWithoutElementsBehindItsStorageIsRefused(long offset) {
        assertThatThrownBy(() -> empty(offset).checked())
                .isInstanceOf(PickleException.class)
                .hasMessageContaining("offset " + offset + " does not lie within its storage of 4 elements");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 4})
    void tensorWithoutElementsInsideItsStorageIsRead(long offset) throws PickleException {
        assertThat(empty(offset).checked().in(ByteBuffer.allocate(16)).toFloats())
                .isEmpty();
    }

    @Test
    void tensorMayReachToTheEndOfItsStorageAndNoFurther() throws PickleException {
        assertThat(pair(2).checked().in(ByteBuffer.allocate(16)).toFloats()).containsExactly(0, 0);
        assertThatThrownBy(() -> pair(3).checked()).isInstanceOf(PickleException.class);
    }

    private static TorchTensor empty(long offset) {
        return new TorchTensor(FOUR, offset, List.of(0L, 3L), List.of(3L, 1L));
    }

    private static TorchTensor pair(long offset) {
        return new TorchTensor(FOUR, offset, List.of(2L), List.of(1L));
    }
}
