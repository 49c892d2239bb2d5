package org.ctstream.model.classify;

import java.nio.ByteBuffer;

/**
 * Normalised slices in the order they were added, in one direct buffer that is filled again batch after batch.
 *
 * <p>Shape (slices N, rows height, columns width), uint8, row-major, 0 to 255. A batch belongs to whoever made it; a
 * classifier only reads it, and only until {@link Classifier#classify} returns.
 *
 * <h2>Thread safety</h2>
 *
 * Not thread-safe. One thread may fill a batch and hand it to another that classifies it.
 */
public final class SliceBatch {
    private final int capacity;
    private final int height;
    private final int width;
    private final ByteBuffer buffer;

    /**
     * @param capacity the most slices it holds, at least 1
     * @param height rows of every slice
     * @param width columns of every slice
     */
    public SliceBatch(int capacity, int height, int width) {
        if (capacity < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("a slice batch needs positive sizes, found capacity " + capacity
                    + ", height " + height + ", width " + width);
        }
        this.capacity = capacity;
        this.height = height;
        this.width = width;
        this.buffer = ByteBuffer.allocateDirect(Math.multiplyExact(capacity, Math.multiplyExact(height, width)));
    }

    /** Adds one slice: the buffer's remaining bytes, whose position is left alone. */
    public void add(ByteBuffer pixels) {
        if (size() == capacity) {
            throw new IllegalStateException("the slice batch is full: it holds " + capacity + " slices");
        }
        if (pixels.remaining() != height * width) {
            throw new IllegalArgumentException("a slice of this batch has " + height + " x " + width + " = "
                    + height * width + " bytes, found " + pixels.remaining());
        }
        buffer.put(pixels.duplicate());
    }

    /** Adds one slice, row-major. */
    public void add(byte[] pixels) {
        add(ByteBuffer.wrap(pixels));
    }

    /** How many slices it holds now. */
    public int size() {
        return buffer.position() / (height * width);
    }

    /** The most slices it can hold. */
    public int capacity() {
        return capacity;
    }

    public int height() {
        return height;
    }

    public int width() {
        return width;
    }

    public boolean isEmpty() {
        return size() == 0;
    }

    public boolean isFull() {
        return size() == capacity;
    }

    /** Forgets the slices and keeps the memory. */
    public void clear() {
        buffer.clear();
    }

    /** All slices held now, size x height x width bytes: a read-only view of this batch's own direct memory. */
    public ByteBuffer pixels() {
        return buffer.duplicate().flip().asReadOnlyBuffer();
    }

    /**
     * A new batch of the slices from (inclusive) to (exclusive), with memory of its own: what a caller makes to find the
     * slice that an engine cannot digest, or to go on with smaller batches.
     */
    public SliceBatch copyOfRange(int from, int to) {
        if (from < 0 || to > size() || from >= to) {
            throw new IndexOutOfBoundsException("slices " + from + " to " + to + " asked for, of a batch of " + size());
        }
        SliceBatch copy = new SliceBatch(to - from, height, width);
        copy.buffer.put(
                buffer.duplicate().flip().position(from * height * width).limit(to * height * width));
        return copy;
    }
}
