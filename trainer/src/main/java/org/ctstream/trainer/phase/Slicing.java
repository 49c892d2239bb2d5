package org.ctstream.trainer.phase;

import java.util.ArrayList;
import java.util.List;

/** Cuts lists. */
final class Slicing {
    private Slicing() {}

    /** Parts of this size; the last may be smaller. */
    static <T> List<List<T>> parts(List<T> list, int size) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < list.size(); from += size) {
            parts.add(list.subList(from, Math.min(list.size(), from + size)));
        }
        return parts;
    }

    /** As few parts as keep to this size, all nearly as long: a last part of one image would normalise by itself alone. */
    static <T> List<List<T>> evenParts(List<T> list, int size) {
        int count = (list.size() + size - 1) / size;
        List<List<T>> parts = new ArrayList<>();
        for (int part = 0; part < count; part++) {
            parts.add(list.subList(list.size() * part / count, list.size() * (part + 1) / count));
        }
        return parts;
    }
}
