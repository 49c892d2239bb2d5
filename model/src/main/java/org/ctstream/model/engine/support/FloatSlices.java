package org.ctstream.model.engine.support;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Slices of bytes as floats, for networks that do not take bytes, in direct memory that is used again.
 *
 * <h2>Thread safety</h2>
 *
 * Thread-safe; it holds as much memory as was in use at the same time.
 */
public final class FloatSlices {
    private static final int BYTE = 0xFF;

    private final Queue<ByteBuffer> idle = new ConcurrentLinkedQueue<>();

    /**
     * Hands the remaining bytes, 0 to 255 each, to the user as as many floats of the same value.
     *
     * @param user must not keep the buffer, which is direct and in the machine's byte order
     */
    public void use(ByteBuffer bytes, Consumer<FloatBuffer> user) {
        int count = bytes.remaining();
        ByteBuffer memory = atLeast(Math.multiplyExact(count, Float.BYTES));
        try {
            FloatBuffer floats = memory.asFloatBuffer().limit(count);
            int begin = bytes.position();
            for (int i = 0; i < count; i++) {
                floats.put(i, bytes.get(begin + i) & BYTE);
            }
            user.accept(floats);
        } finally {
            idle.add(memory);
        }
    }

    private ByteBuffer atLeast(int size) {
        ByteBuffer memory = idle.poll();
        // A smaller one is left to the garbage collector: after the largest batch none is made any more.
        return memory != null && memory.capacity() >= size
                ? memory
                : ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }
}
