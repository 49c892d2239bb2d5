package org.ctstream.service.dependency;

/** One small question to something a service depends on. Asked by one thread at a time. */
public interface Probe extends AutoCloseable {
    /** How long one question should take at most; a probe that hangs longer holds up nobody else. */
    int TIMEOUT_MS = 2_000;

    /** Returns if there is an answer, and throws whatever says that there is none. */
    void ask() throws Exception;

    /** Frees what the questions took. Called once, perhaps while a question hangs. */
    @Override
    default void close() {}
}
