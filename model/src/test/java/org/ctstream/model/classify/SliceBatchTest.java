package org.ctstream.model.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.Test;

class SliceBatchTest {
    private final SliceBatch batch = new SliceBatch(3, 2, 2);

    @Test
    void slicesLieInTheOrderTheyWereAdded() {
        batch.add(new byte[] {1, 2, 3, 4});
        batch.add(ByteBuffer.wrap(new byte[] {0, 5, 6, 7, 8, 0}, 1, 4));

        assertThat(batch.size()).isEqualTo(2);
        assertThat(bytes(batch)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void addingLeavesTheCallersBufferAlone() {
        ByteBuffer pixels = ByteBuffer.wrap(new byte[] {1, 2, 3, 4});

        batch.add(pixels);

        assertThat(pixels.remaining()).isEqualTo(4);
    }

    @Test
    void clearedBatchIsFilledAgainInTheSameMemory() {
        batch.add(new byte[] {1, 2, 3, 4});
        batch.add(new byte[] {5, 6, 7, 8});
        batch.clear();
        assertThat(batch.isEmpty()).isTrue();

        batch.add(new byte[] {9, 9, 9, 9});

        assertThat(bytes(batch)).containsExactly(9, 9, 9, 9);
        assertThat(batch.pixels().isDirect()).isTrue();
    }

    @Test
    void fullBatchTakesNoMore() {
        for (int i = 0; i < 3; i++) {
            batch.add(new byte[4]);
        }

        assertThat(batch.isFull()).isTrue();
        assertThatThrownBy(() -> batch.add(new byte[4]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("3 slices");
    }

    @Test
    void sliceOfAnotherSizeIsRefusedAndNothingIsAdded() {
        assertThatThrownBy(() -> batch.add(new byte[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 x 2 = 4 bytes, found 5");
        assertThat(batch.isEmpty()).isTrue();
    }

    @Test
    void pixelsCannotBeWrittenThroughTheView() {
        batch.add(new byte[4]);

        assertThatThrownBy(() -> batch.pixels().put(0, (byte) 1)).isInstanceOf(ReadOnlyBufferException.class);
    }

    @Test
    void rangeIsCopiedSoThatTheOriginalCanBeRefilled() {
        batch.add(new byte[] {1, 1, 1, 1});
        batch.add(new byte[] {2, 2, 2, 2});
        batch.add(new byte[] {3, 3, 3, 3});

        SliceBatch last = batch.copyOfRange(1, 3);
        batch.clear();
        batch.add(new byte[] {7, 7, 7, 7});

        assertThat(last.size()).isEqualTo(2);
        assertThat(bytes(last)).containsExactly(2, 2, 2, 2, 3, 3, 3, 3);
    }

    @Test
    void emptyOrOutlyingRangeIsRefused() {
        batch.add(new byte[4]);

        assertThatThrownBy(() -> batch.copyOfRange(0, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> batch.copyOfRange(0, 2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("batch of 1");
    }

    private static byte[] bytes(SliceBatch batch) {
        ByteBuffer pixels = batch.pixels();
        byte[] bytes = new byte[pixels.remaining()];
        pixels.get(bytes);
        return bytes;
    }
}
