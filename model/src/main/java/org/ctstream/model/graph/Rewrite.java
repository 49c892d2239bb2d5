package org.ctstream.model.graph;

/** Makes a graph that computes the same, up to rounding, in another way. */
@FunctionalInterface
public interface Rewrite {
    Graph apply(Graph graph);
}
