package org.ctstream.model.graph;

/** Element types of what goes into a graph and comes out of it. */
public enum PortType {
    UINT8,
    FLOAT32
}
