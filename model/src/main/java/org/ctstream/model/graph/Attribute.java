package org.ctstream.model.graph;

import java.util.List;

/** A setting of an operation that is known when the graph is made. */
public sealed interface Attribute {
    static Attribute of(long value) {
        return new Whole(value);
    }

    static Attribute of(float value) {
        return new Real(value);
    }

    static Attribute of(List<Long> values) {
        return new Wholes(values);
    }

    /** An integer. */
    record Whole(long value) implements Attribute {}

    /** A float32. */
    record Real(float value) implements Attribute {}

    /** Integers. */
    record Wholes(List<Long> values) implements Attribute {
        public Wholes {
            values = List.copyOf(values);
        }
    }
}
