package org.ctstream.embedded.process;

/** Tells whether a child serves requests yet; asked again and again until it does, it ends, or the time is up. */
@FunctionalInterface
public interface ReadinessProbe {

    /** Returns true once the child is ready; throwing means "not yet" and the last cause is reported at a timeout. */
    boolean isReady() throws Exception;
}
