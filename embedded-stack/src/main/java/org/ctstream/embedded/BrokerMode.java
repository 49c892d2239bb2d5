package org.ctstream.embedded;

/** Where the stack's broker runs. */
public enum BrokerMode {
    /** In this JVM: starts a second sooner and takes less memory, but cannot be killed. */
    IN_THIS_JVM,
    /** In a JVM of its own: what the product does, and what failure tests need. */
    CHILD_JVM
}
