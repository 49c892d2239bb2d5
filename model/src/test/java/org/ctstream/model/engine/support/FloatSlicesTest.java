package org.ctstream.model.engine.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FloatSlicesTest {
    private final FloatSlices slices = new FloatSlices();

    @Test
    void remainingBytesBecomeTheSameNumbersFromZeroTo255() {
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {9, 0, 127, (byte) 128, (byte) 255, 9})
                .position(1)
                .limit(5);

        assertThat(floatsOf(bytes)).containsExactly(0f, 127f, 128f, 255f);
        assertThat(bytes.position()).isEqualTo(1);
    }

    @Test
    void memoryIsUsedAgainForFewerSlicesAndMadeForMore() {
        assertThat(floatsOf(ByteBuffer.wrap(new byte[] {1, 2}))).containsExactly(1f, 2f);
        assertThat(floatsOf(ByteBuffer.wrap(new byte[] {3}))).containsExactly(3f);
        assertThat(floatsOf(ByteBuffer.wrap(new byte[] {4, 5, 6}))).containsExactly(4f, 5f, 6f);
    }

    @Test
    void usersAtTheSameTimeDoNotShareMemory() {
        slices.use(
                ByteBuffer.wrap(new byte[] {1}),
                outer -> slices.use(ByteBuffer.wrap(new byte[] {2}), inner -> {
                    assertThat(outer.isDirect()).isTrue();
                    assertThat(outer.get(0)).isEqualTo(1f);
                    assertThat(inner.get(0)).isEqualTo(2f);
                }));
    }

    private List<Float> floatsOf(ByteBuffer bytes) {
        List<Float> found = new ArrayList<>();
        slices.use(bytes, floats -> {
            while (floats.hasRemaining()) {
                found.add(floats.get());
            }
        });
        return found;
    }
}
