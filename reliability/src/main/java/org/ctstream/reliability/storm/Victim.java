package org.ctstream.reliability.storm;

/** A process to be struck. Thread-safe. */
interface Victim {
    /** For example {@code worker-1}. */
    String name();

    /** What it is one of, for example {@code worker}: the storm chooses a kind first. */
    String kind();

    /** Whether it runs, even if it is still starting. */
    boolean isUp();

    /** Whether it works: a storm that struck only what starts would never let anything be done. */
    boolean isAtWork();

    long pid();

    /** SIGKILL. */
    void kill();

    /** Starts it again; may take seconds. */
    void revive();
}
