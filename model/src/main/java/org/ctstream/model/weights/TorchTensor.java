package org.ctstream.model.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.ctstream.model.weights.pickle.PickleException;

/**
 * A tensor of a torch file: a view of a storage.
 *
 * @param storage where its elements are
 * @param offset first element, counted from the storage's part
 * @param shape length of each axis
 * @param strides elements from one index of each axis to the next
 */
record TorchTensor(TorchStorage storage, long offset, List<Long> shape, List<Long> strides) {
    private static final int MAX_AXES = 8;

    TorchTensor {
        shape = List.copyOf(shape);
        strides = List.copyOf(strides);
    }

    /**
     * Refuses a view that leaves its storage or repeats elements, which would take more memory than the file.
     *
     * @throws PickleException saying which
     */
    TorchTensor checked() throws PickleException {
        boolean valid = shape.size() == strides.size() && shape.size() <= MAX_AXES && offset >= 0;
        valid &= shape.stream().allMatch(n -> n >= 0) && strides.stream().allMatch(n -> n >= 0);
        if (!valid) {
            throw new PickleException("a tensor has shape " + shape + ", strides " + strides + " and offset " + offset);
        }
        try {
            long last = offset;
            for (int axis = 0; axis < shape.size(); axis++) {
                last = Math.addExact(last, Math.multiplyExact(Math.max(0, shape.get(axis) - 1), strides.get(axis)));
            }
            long elements = elements();
            // Of a tensor without elements the place counts all the same: it is where its empty slice is taken.
            boolean inside = elements == 0
                    ? offset <= storage.length()
                    : elements <= storage.length() && last < storage.length();
            if (!inside) {
                throw new PickleException("a tensor of shape " + shape + ", strides " + strides + " and offset "
                        + offset + " does not lie within its storage of " + storage.length() + " elements");
            }
        } catch (ArithmeticException e) {
            throw new PickleException("a tensor of shape " + shape + " is too large");
        }
        return this;
    }

    /** Number of elements; throws ArithmeticException beyond what a long counts. */
    long elements() {
        long elements = 1;
        for (long length : shape) {
            elements = Math.multiplyExact(elements, length);
        }
        return elements;
    }

    /** Bytes of all elements. */
    long bytes() {
        return elements() * storage.type().bytes();
    }

    /** Whether the elements lie in the storage one after the other, in the order of a {@link Tensor}. */
    boolean isContiguous() {
        long expected = 1;
        for (int axis = shape.size() - 1; axis >= 0; axis--) {
            if (shape.get(axis) != 1 && strides.get(axis) != expected) {
                return elements() == 0;
            }
            expected *= shape.get(axis);
        }
        return true;
    }

    /** The tensor, sharing the storage's memory if it is contiguous and otherwise copied. */
    Tensor in(ByteBuffer bytes) {
        int size = storage.type().bytes();
        int begin = Math.toIntExact((storage.begin() + offset) * size);
        if (isContiguous()) {
            return new Tensor(storage.type(), shape, bytes.slice(begin, Math.toIntExact(bytes())));
        }
        ByteBuffer ordered = ByteBuffer.allocate(Math.toIntExact(bytes())).order(ByteOrder.LITTLE_ENDIAN);
        int[] index = new int[shape.size()];
        byte[] element = new byte[size];
        while (ordered.hasRemaining()) {
            long at = 0;
            for (int axis = 0; axis < index.length; axis++) {
                at += index[axis] * strides.get(axis);
            }
            bytes.get(begin + Math.toIntExact(at) * size, element);
            ordered.put(element);
            advance(index);
        }
        return new Tensor(storage.type(), shape, ordered.flip());
    }

    private void advance(int[] index) {
        for (int axis = index.length - 1; axis >= 0; axis--) {
            index[axis]++;
            if (index[axis] < shape.get(axis)) {
                return;
            }
            index[axis] = 0;
        }
    }
}
