package org.ctstream.model.weights;

/**
 * A run of elements beside a torch file's pickle, or a part of one.
 *
 * @param key identity of the run
 * @param type type of its elements
 * @param elements length of the run, in elements
 * @param begin first element of this part
 * @param length elements of this part
 */
record TorchStorage(String key, ElementType type, long elements, long begin, long length) {
    TorchStorage {
        if (elements < 0 || begin < 0 || length < 0 || begin > elements || length > elements - begin) {
            throw new IllegalArgumentException(
                    "elements " + begin + " and " + length + " more do not lie within a storage of " + elements);
        }
    }

    /** Bytes of the whole run; throws ArithmeticException beyond what a long counts. */
    long bytes() {
        return Math.multiplyExact(elements, type.bytes());
    }
}
