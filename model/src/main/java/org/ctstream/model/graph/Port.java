package org.ctstream.model.graph;

import java.util.List;

/**
 * A value that goes into a graph or comes out of it.
 *
 * @param name its name
 * @param type type of its elements
 * @param shape length of each axis; {@link #ANY} for a number of slices that is open
 */
public record Port(String name, PortType type, List<Long> shape) {
    /** Length of an axis that every run may choose. */
    public static final long ANY = -1;

    public Port {
        shape = List.copyOf(shape);
    }
}
