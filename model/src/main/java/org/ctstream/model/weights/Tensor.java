package org.ctstream.model.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * An immutable array of numbers in the host's memory.
 *
 * @param type type of the elements
 * @param shape length of each axis, row-major; empty for a single number
 * @param data the elements, little-endian, contiguous; shared with whoever made the tensor, because copies of a whole
 *     network would double its memory, so the maker must not write to it afterwards
 */
public record Tensor(ElementType type, List<Long> shape, ByteBuffer data) {
    public Tensor {
        shape = List.copyOf(shape);
        data = data.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes(type, shape) != data.remaining()) {
            throw new IllegalArgumentException("a tensor of " + type + " " + shape + " has " + bytes(type, shape)
                    + " bytes, found " + data.remaining());
        }
    }

    /** A tensor of 32-bit floats. */
    public static Tensor ofFloats(List<Long> shape, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return new Tensor(ElementType.F32, shape, bytes);
    }

    /** A read-only view of the elements with a position of its own, little-endian. */
    @Override
    public ByteBuffer data() {
        return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The elements as 32-bit floats, F64 rounded to the nearest.
     *
     * @throws IllegalStateException if the elements are no floating-point numbers
     */
    public float[] toFloats() {
        float[] values = new float[data.remaining() / type.bytes()];
        ByteBuffer elements = data();
        switch (type) {
            case F32 -> elements.asFloatBuffer().get(values);
            case F64 -> fill(values, i -> (float) elements.getDouble());
            case F16 -> fill(values, i -> Half.toFloat(elements.getShort()));
            case BF16 -> fill(values, i -> Float.intBitsToFloat(elements.getShort() << Short.SIZE));
            default -> throw new IllegalStateException("the tensor is of " + type + ", no floating-point type");
        }
        return values;
    }

    /** The same numbers in half precision, rounded to the nearest; those beyond its range become infinite. */
    Tensor toF16() {
        float[] values = toFloats();
        ByteBuffer halves = ByteBuffer.allocate(Math.multiplyExact(values.length, ElementType.F16.bytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            halves.putShort(Half.of(value));
        }
        return new Tensor(ElementType.F16, shape, halves.flip());
    }

    /**
     * The same numbers in half precision, rounded to the nearest.
     *
     * @param name whose they are, for the message
     * @throws IllegalArgumentException if one lies beyond its range
     */
    public Tensor halved(String name) {
        if (!Half.holds(toFloats())) {
            throw new IllegalArgumentException(name + " has numbers beyond the range of half precision, from -65504 to"
                    + " 65504: serve this model in float32");
        }
        return toF16();
    }

    private static void fill(float[] values, IntToFloat next) {
        for (int i = 0; i < values.length; i++) {
            values[i] = next.at(i);
        }
    }

    @FunctionalInterface
    private interface IntToFloat {
        float at(int index);
    }

    /** Bytes a tensor takes; throws ArithmeticException beyond what a long counts. */
    static long bytes(ElementType type, List<Long> shape) {
        long elements = 1;
        for (long length : shape) {
            if (length < 0) {
                throw new ArithmeticException("negative axis length " + length);
            }
            elements = Math.multiplyExact(elements, length);
        }
        return Math.multiplyExact(elements, type.bytes());
    }

    @Override
    public String toString() {
        return type + " " + shape;
    }
}
