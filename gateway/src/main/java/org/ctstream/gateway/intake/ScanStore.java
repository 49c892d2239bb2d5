package org.ctstream.gateway.intake;

/** What keeps objects. */
@FunctionalInterface
public interface ScanStore {
    /** Keeps one and returns when it is kept, or will not be. Throws nothing. Safe for use by any number of threads. */
    Outcome store(ReceivedObject object);
}
