package org.ctstream.cli.stack;

/** Hears of the stack's steps; called by several threads. */
public interface StackListener {
    /** A step for people, for example {@code worker-1 is ready}. */
    void step(String text);

    /** Something went wrong that the stack mends by itself, for example a service that ended and is started again. */
    void trouble(String text);
}
