package org.ctstream.embedded.part;

/** Exit codes of child JVMs; the parent turns them back into the typed error. */
public final class ExitCodes {

    public static final int OTHER = 40;
    public static final int PORT_TAKEN = 41;
    public static final int DIRECTORY_IN_USE = 42;
    public static final int CLUSTER_ID_MISMATCH = 43;

    private ExitCodes() {}
}
