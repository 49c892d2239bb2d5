package org.ctstream.model.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ctstream.model.weights.pickle.Constructor;
import org.ctstream.model.weights.pickle.Names;
import org.ctstream.model.weights.pickle.None;
import org.ctstream.model.weights.pickle.PickleException;

/** All that the pickle of a state dict may name, and the storages it mentioned. */
final class TorchNames implements Names {
    /** Entries of all dictionaries that are made from lists, which a pickle could otherwise use to multiply them. */
    private static final int MAX_LISTED_ENTRIES = 1 << 16;

    private static final Map<String, ElementType> STORAGES = Map.of(
            "BoolStorage", ElementType.BOOL,
            "ByteStorage", ElementType.U8,
            "CharStorage", ElementType.I8,
            "ShortStorage", ElementType.I16,
            "HalfStorage", ElementType.F16,
            "BFloat16Storage", ElementType.BF16,
            "IntStorage", ElementType.I32,
            "FloatStorage", ElementType.F32,
            "LongStorage", ElementType.I64,
            "DoubleStorage", ElementType.F64);

    private final Map<String, Constructor> constructors = Map.of(
            "collections.OrderedDict", this::dictionary,
            "torch._utils._rebuild_tensor", TorchNames::tensor,
            "torch._utils._rebuild_tensor_v2", TorchNames::tensor,
            "torch._utils._rebuild_parameter", TorchNames::parameter);

    private final SortedMap<String, TorchStorage> storages = new TreeMap<>();
    private int listedEntries;

    /** The storages that the pickle mentioned, whole, by key. */
    SortedMap<String, TorchStorage> storages() {
        return storages;
    }

    @Override
    public Object global(String module, String name) throws PickleException {
        Constructor constructor = constructors.get(module + "." + name);
        if (constructor != null) {
            return constructor;
        }
        ElementType type = STORAGES.get(name);
        if (type != null && module.equals("torch")) {
            return type;
        }
        throw new PickleException("it names " + module + "." + name
                + ", which no state dict of tensors needs; save model.state_dict() of the model instead");
    }

    /** ('storage', type, key, device, elements) and, in old files, None or (key of the part, begin, length). */
    @Override
    public Object persistent(Object identity) throws PickleException {
        if (identity instanceof List<?> parts
                && (parts.size() == 5 || parts.size() == 6)
                && "storage".equals(parts.get(0))
                && parts.get(1) instanceof ElementType type
                && parts.get(2) instanceof String key
                && parts.get(4) instanceof Long elements) {
            TorchStorage whole = storage(key, type, elements, 0, elements);
            TorchStorage known = storages.putIfAbsent(key, whole);
            if (known != null && !known.equals(whole)) {
                throw new PickleException("storage " + key + " has two sizes or types");
            }
            return parts.size() == 5 || parts.get(5) == None.NONE ? whole : part(whole, parts.get(5));
        }
        throw new PickleException("it refers to something beside it that is no storage");
    }

    private static TorchStorage part(TorchStorage whole, Object view) throws PickleException {
        if (view instanceof List<?> parts
                && parts.size() == 3
                && parts.get(1) instanceof Long begin
                && parts.get(2) instanceof Long length) {
            return storage(whole.key(), whole.type(), whole.elements(), begin, length);
        }
        throw new PickleException("a part of storage " + whole.key() + " is not (key, begin, length)");
    }

    private static TorchStorage storage(String key, ElementType type, long elements, long begin, long length)
            throws PickleException {
        try {
            TorchStorage storage = new TorchStorage(key, type, elements, begin, length);
            if (storage.bytes() <= SafeTensors.MAX_FILE_BYTES) {
                return storage;
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            // Told below.
        }
        throw new PickleException("storage " + key + " claims " + elements + " elements of " + type + ", of them "
                + length + " from " + begin);
    }

    /** OrderedDict(), or as Python 2 wrote it, OrderedDict([[key, value], ...]). */
    private Object dictionary(List<Object> arguments) throws PickleException {
        Map<Object, Object> dictionary = new LinkedHashMap<>();
        if (arguments.isEmpty()) {
            return dictionary;
        }
        if (arguments.size() == 1 && arguments.get(0) instanceof List<?> entries) {
            listedEntries += entries.size();
            for (Object entry : listedEntries > MAX_LISTED_ENTRIES ? List.of() : entries) {
                if (!(entry instanceof List<?> pair) || pair.size() != 2 || !(pair.get(0) instanceof String key)) {
                    throw new PickleException("an ordered dictionary is made of something else than pairs");
                }
                dictionary.put(key, pair.get(1));
            }
            if (listedEntries <= MAX_LISTED_ENTRIES) {
                return dictionary;
            }
        }
        throw new PickleException(
                "an ordered dictionary is made of something else than up to " + MAX_LISTED_ENTRIES + " pairs");
    }

    /** (storage, offset, shape, strides), and what the second version adds: whether it has a gradient, hooks. */
    private static Object tensor(List<Object> arguments) throws PickleException {
        if (arguments.size() >= 4
                && arguments.get(0) instanceof TorchStorage storage
                && arguments.get(1) instanceof Long offset
                && arguments.get(2) instanceof List<?> shape
                && arguments.get(3) instanceof List<?> strides) {
            return new TorchTensor(storage, offset, counts(shape), counts(strides)).checked();
        }
        throw new PickleException("a tensor is not (storage, offset, shape, strides)");
    }

    /** (tensor, whether it has a gradient, hooks): the tensor. */
    private static Object parameter(List<Object> arguments) throws PickleException {
        if (!arguments.isEmpty() && arguments.get(0) instanceof TorchTensor tensor) {
            return tensor;
        }
        throw new PickleException("a parameter is made of something else than a tensor");
    }

    private static List<Long> counts(List<?> values) throws PickleException {
        List<Long> counts = new ArrayList<>();
        for (Object value : values) {
            if (!(value instanceof Long count) || counts.size() == Byte.MAX_VALUE) {
                throw new PickleException("a tensor's shape or strides are no short list of whole numbers");
            }
            counts.add(count);
        }
        return counts;
    }
}
