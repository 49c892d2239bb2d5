package org.ctstream.model.weights;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ctstream.model.weights.pickle.PickleException;
import org.ctstream.model.weights.pickle.Unpickler;
import org.jspecify.annotations.Nullable;

/**
 * The pickle of a torch file, read: tensors by name, and the storages in which they lie.
 *
 * @param tensors tensors by name; other values that stood beside them, such as an epoch's number, are left out
 * @param storages all storages the pickle mentioned, whole, by key
 */
record TorchStateDict(SortedMap<String, TorchTensor> tensors, SortedMap<String, TorchStorage> storages) {
    /** Longest pickle that is read: twenty times that of a network with a thousand tensors. */
    static final int MAX_PICKLE_BYTES = 4 << 20;

    /**
     * Reads a pickle: a dictionary of tensors, or of more, with the tensors under {@code state_dict} or {@code model}.
     *
     * @param bytes where it starts; stands behind it afterwards
     */
    static TorchStateDict read(ByteBuffer bytes) throws PickleException {
        TorchNames names = new TorchNames();
        Object value = new Unpickler(bytes, names).load();
        SortedMap<String, TorchTensor> tensors = tensors(value);
        for (String key : new String[] {"state_dict", "model"}) {
            if (tensors.isEmpty() && value instanceof Map<?, ?> checkpoint) {
                tensors = tensors(checkpoint.get(key));
            }
        }
        if (tensors.isEmpty()) {
            throw new PickleException("it is no state dict: there are no tensors by name, neither in it nor under"
                    + " state_dict or model");
        }
        return new TorchStateDict(tensors, names.storages());
    }

    /**
     * The tensors, taken from the storages' bytes.
     *
     * @param bytes elements of every storage, by key
     * @param mostCopied bytes that tensors which are not contiguous may take in all
     */
    Weights weights(Map<String, ByteBuffer> bytes, long mostCopied) throws PickleException {
        SortedMap<String, Tensor> taken = new TreeMap<>();
        long copied = 0;
        for (Map.Entry<String, TorchTensor> named : tensors.entrySet()) {
            TorchTensor tensor = named.getValue();
            ByteBuffer storage = bytes.get(tensor.storage().key());
            copied += tensor.isContiguous() ? 0 : tensor.bytes();
            if (storage == null || copied > mostCopied) {
                throw new PickleException("tensor " + named.getKey() + " has no storage, or shares it with so many"
                        + " that they would take more than the file's " + mostCopied + " bytes");
            }
            taken.put(named.getKey(), tensor.in(storage));
        }
        return new Weights(Map.of(), taken);
    }

    private static SortedMap<String, TorchTensor> tensors(@Nullable Object value) {
        SortedMap<String, TorchTensor> tensors = new TreeMap<>();
        if (value instanceof Map<?, ?> dictionary) {
            dictionary.forEach((name, element) -> {
                if (name instanceof String text && element instanceof TorchTensor tensor) {
                    tensors.put(text, tensor);
                }
            });
        }
        return tensors;
    }
}
